    "database": check_database,
    "migrations": check_migrations,
