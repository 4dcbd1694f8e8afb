    "tests.support.live",
