    dependencies=[REQUIRE_PRODUCTS_WRITE],
