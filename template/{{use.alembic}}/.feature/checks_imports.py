from app.api.checks.migrations import check_migrations
