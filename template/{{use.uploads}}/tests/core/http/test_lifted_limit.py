"""app.core.http.lifted_limit: uploads may be larger than other bodies."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from fastapi import Request
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.core.lifespan import State
from app.main import create_app
from tests.support.client import open_client
from tests.support.files import FILES, FORM, form, part, send


@pytest.fixture(autouse=True)
def no_api() -> None:
    """Keep the API: uploads are a part of it."""


@pytest.fixture
async def client(settings: Settings, state: State) -> AsyncGenerator[AsyncClient]:
    """A client of a service that takes 10 bytes, but for uploads, and serves below a prefix."""
    update = {"max_body_size": 10, "root_path": "/shop"}
    app = create_app(replace(settings, http=settings.http.model_copy(update=update)))

    @app.post("/probe")
    async def probe(request: Request) -> int:  # pyright: ignore[reportUnusedFunction]
        return len(await request.body())

    async with open_client(app, state) as client:
        await client.get(FILES)  # which signs in
        yield client


class TestLiftedLimit:
    async def test_upload(self, client: AsyncClient) -> None:
        assert (await send(client, part("a.txt"))).status_code == 201

    async def test_upload_below_the_prefix(self, client: AsyncClient) -> None:
        """Whoever asks, its size is no reason to refuse it."""
        body = form(part("a.txt"))

        response = await client.post(f"/shop{FILES}", content=body, headers=FORM)

        assert response.status_code != 413

    @pytest.mark.parametrize("path", ["/probe", "/shop/probe"])
    async def test_anything_else(self, client: AsyncClient, path: str) -> None:
        assert (await client.post(path, content=b"x" * 10)).json() == 10
        assert (await client.post(path, content=b"x" * 11)).status_code == 413
