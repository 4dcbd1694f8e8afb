    "database": check_database,
