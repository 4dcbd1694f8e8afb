    answering_database,
    migrated_schema,
