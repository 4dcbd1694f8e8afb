"""The application, put together."""

from fastapi import FastAPI

from app.api import health, v1
from app.api.errors import EXCEPTION_HANDLERS
from app.config.settings import Settings, load_settings
from app.core.http.middleware import middleware
from app.core.lifespan import lifespan
from app.core.logging import configure_logging


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the service; without ``settings`` they come from the environment."""
    settings = settings or load_settings()
    configure_logging(settings.log)
    docs = settings.app.serves_docs
    app = FastAPI(
        title=settings.app.name,
        version=settings.app.version,
        openapi_url="/openapi.json" if docs else None,
        lifespan=lifespan(settings),
        middleware=middleware(settings.http),
        exception_handlers=EXCEPTION_HANDLERS,
    )
    app.router.routes.extend(health.routes)
    for router in v1.ROUTERS:
        app.include_router(router, prefix="/api/v1")  # at once: each level of routers costs time
    return app
