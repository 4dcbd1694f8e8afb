from app.api.checks.database import check_database
from app.api.checks.migrations import check_migrations
