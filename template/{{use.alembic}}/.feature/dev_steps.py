    migrated_schema,
