    dependencies=[REQUIRE_FILES_WRITE],
