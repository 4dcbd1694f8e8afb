from app.core.database import Database, database_resource
