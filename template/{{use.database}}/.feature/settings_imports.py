from app.config.database import DatabaseSettings
