from app.api.v1 import principal
