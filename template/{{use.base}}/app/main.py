"""The application, put together."""

from fastapi import FastAPI

from app.api import health, v1
from app.api.docs import add_docs
from app.api.errors import EXCEPTION_HANDLERS, problems
from app.api.layers import middleware
from app.config.settings import Settings, load_settings
from app.core.lifespan import lifespan
from app.core.logging import configure_logging


def create_app(settings: Settings | None = None) -> FastAPI:
    """Build the service; without ``settings`` they come from the environment."""
    settings = settings or load_settings()
    configure_logging(settings.log)
    app = FastAPI(
        title=settings.app.name,
        version=settings.app.version,
        openapi_url=settings.app.openapi_url,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan(settings),
        middleware=middleware(settings),
        exception_handlers=EXCEPTION_HANDLERS,
    )
    if app.openapi_url:
        add_docs(app, settings.http.root_path)
    app.router.routes.extend(health.routes)
    for router in v1.ROUTERS:
        app.include_router(router, prefix="/api/v1", responses=problems())  # a level costs time
    return app


def __getattr__(name: str) -> FastAPI:
    """Make ``app`` when it is asked for, as by ``uvicorn app.main:app``; importing makes none."""
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return create_app()
