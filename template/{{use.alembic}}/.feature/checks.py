    "migrations": check_migrations,
