    migrated_database,
