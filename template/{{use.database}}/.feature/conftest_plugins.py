    "tests.support.fixtures",
