"""app.core.http.body_limit: requests that are too large."""

from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import replace

import pytest
from fastapi import Request
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.main import create_app
from tests.support.client import running


@pytest.fixture
async def client(settings: Settings) -> AsyncGenerator[AsyncClient]:
    """A client of a service that takes 10 bytes and says how many it got."""
    app = create_app(replace(settings, http=settings.http.model_copy(update={"max_body_size": 10})))

    @app.post("/probe")
    async def probe(request: Request) -> int:  # pyright: ignore[reportUnusedFunction]
        return len(await request.body())

    async with running(app) as client:
        yield client


async def chunks(*sizes: int) -> AsyncIterator[bytes]:
    """Send a body without saying how long it is."""
    for size in sizes:
        yield b"x" * size


class TestBodyLimit:
    async def test_up_to_the_limit(self, client: AsyncClient) -> None:
        response = await client.post("/probe", content=b"x" * 10)

        assert response.status_code == 200
        assert response.json() == 10

    async def test_announced_as_too_large(self, client: AsyncClient) -> None:
        response = await client.post("/probe", content=b"x" * 11)

        assert response.status_code == 413
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Connection"] == "close"
        assert response.json()["code"] == "content_too_large"

    async def test_too_large_without_announcement(self, client: AsyncClient) -> None:
        assert (await client.post("/probe", content=chunks(5, 5))).json() == 10
        assert (await client.post("/probe", content=chunks(5, 5, 1))).status_code == 413

    async def test_without_a_body(self, client: AsyncClient) -> None:
        assert (await client.get("/healthz")).status_code == 200
