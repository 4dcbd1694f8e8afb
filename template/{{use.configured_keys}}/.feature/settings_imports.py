from app.config.api_keys import ApiKeySettings
