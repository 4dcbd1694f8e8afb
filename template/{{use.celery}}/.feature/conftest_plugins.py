    "tests.support.worker",
