    dependencies=[REQUIRE_ITEMS_WRITE],
