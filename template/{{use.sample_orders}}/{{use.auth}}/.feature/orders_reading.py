    dependencies=[REQUIRE_ORDERS_READ],
