from app.api.checks.database import check_database
