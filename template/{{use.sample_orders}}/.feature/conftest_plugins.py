    "tests.support.orders",
