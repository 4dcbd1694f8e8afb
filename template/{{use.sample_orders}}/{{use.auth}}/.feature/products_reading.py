    dependencies=[REQUIRE_PRODUCTS_READ],
