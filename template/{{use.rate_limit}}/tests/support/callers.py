"""Who calls, and of what service."""

from dataclasses import replace
from typing import Final

from fastapi import FastAPI
from httpx2 import AsyncClient
from starlette.types import ASGIApp, Receive, Scope, Send

from app.config.rate_limit import RateLimitSettings
from app.config.settings import Settings
from app.core.lifespan import State
from app.main import create_app
from tests.support.client import open_client

HERE: Final = "192.0.2.1"
THERE: Final = "198.51.100.1"


def limited_app(settings: Settings, rate: str, **http: object) -> FastAPI:
    """Make the service with another limit for all routes."""
    rate_limit = RateLimitSettings.model_validate({"default": rate})
    return create_app(
        replace(settings, rate_limit=rate_limit, http=settings.http.model_copy(update=http))
    )


def call_from(address: str, app: ASGIApp, state: State) -> AsyncClient:
    """Connect a client that has an address, as the server sees it."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "client": (address, 1)}, receive, send)

    return open_client(serve, state)
