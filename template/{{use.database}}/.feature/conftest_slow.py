    "database",
