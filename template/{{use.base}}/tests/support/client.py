"""Clients without a network."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import cast

from fastapi import FastAPI
from httpx2 import ASGITransport, AsyncClient
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.lifespan import State


def open_client(app: ASGIApp, state: State) -> AsyncClient:
    """Connect a client to ``app`` as a server would, with ``state`` at hand."""

    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await app({**scope, "state": dict(state)}, receive, send)

    return AsyncClient(transport=ASGITransport(serve), base_url="http://test")


@asynccontextmanager
async def running(app: FastAPI) -> AsyncGenerator[AsyncClient]:
    """Start ``app`` as a server would, connect a client to it, and stop it."""
    async with (
        app.router.lifespan_context(app) as state,
        open_client(app, cast("State", state)) as client,
    ):
        yield client
