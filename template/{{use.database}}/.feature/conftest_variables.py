    # on a busy machine a test waits rather than fails
    "DATABASE_POOL_TIMEOUT": "30",
