from app.api.v1.api_keys import router as api_keys_router
