    dependencies=[REQUIRE_ORDERS_WRITE],
