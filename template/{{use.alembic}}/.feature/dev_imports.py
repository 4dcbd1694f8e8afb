from scripts.migrations import migrated_schema
