from app.config.auth import AuthSettings
