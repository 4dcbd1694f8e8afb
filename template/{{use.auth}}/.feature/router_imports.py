from app.api.v1.principal import router as principal_router
