from app.models.api_key import ApiKey
