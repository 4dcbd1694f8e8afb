"""app.core.http.root_path and .location: below a prefix, behind any proxy."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from fastapi import Depends, FastAPI
from fastapi.responses import RedirectResponse
from fastapi.security import OAuth2PasswordBearer
from httpx2 import AsyncClient
from starlette.requests import Request

from app.config.settings import Settings
from app.core.http.root_path import document_below
from app.main import create_app
from tests.support.client import running


def with_probes(app: FastAPI) -> FastAPI:
    """Add endpoints that lead somewhere."""

    @app.get("/things")
    async def things(request: Request) -> str:  # pyright: ignore[reportUnusedFunction]
        return str(request.scope["path"])

    @app.get("/elsewhere")
    async def elsewhere() -> RedirectResponse:  # pyright: ignore[reportUnusedFunction]
        return RedirectResponse("https://other.example.com/start")

    @app.post("/things", status_code=201)
    async def create() -> RedirectResponse:  # pyright: ignore[reportUnusedFunction]
        return RedirectResponse("/things/1", status_code=201)

    return app


@pytest.fixture
async def client(settings: Settings) -> AsyncGenerator[AsyncClient]:
    """A client of a service without a prefix."""
    async with running(with_probes(create_app(settings))) as client:
        yield client


@pytest.fixture
async def below(settings: Settings) -> AsyncGenerator[AsyncClient]:
    """A client of a service below /shop."""
    http = settings.http.model_copy(update={"root_path": "/shop"})
    async with running(with_probes(create_app(replace(settings, http=http)))) as client:
        yield client


class TestRedirect:
    @pytest.mark.parametrize("host", ["test", "evil.example", "evil.example:8080", "e@vil"])
    async def test_no_host_and_no_scheme(self, client: AsyncClient, host: str) -> None:
        """Neither is known for sure: what the browser has is right."""
        response = await client.get("/things/?a=1", headers={"Host": host})

        assert response.status_code == 307
        assert response.headers["Location"] == "/things?a=1"

    async def test_elsewhere(self, client: AsyncClient) -> None:
        response = await client.get("/elsewhere")

        assert response.headers["Location"] == "https://other.example.com/start"

    async def test_nothing_that_reads_as_a_host(self, client: AsyncClient) -> None:
        response = await client.get("//things/")

        assert not response.headers.get("Location", "").startswith("//")


class TestPrefix:
    @pytest.mark.parametrize("path", ["/things", "/shop/things"])
    async def test_taken_off_or_left_on(self, below: AsyncClient, path: str) -> None:
        assert (await below.get(path)).json() == "/shop/things"

    @pytest.mark.parametrize("path", ["/things/", "/shop/things/"])
    async def test_redirect(self, below: AsyncClient, path: str) -> None:
        assert (await below.get(path)).headers["Location"] == "/shop/things"

    async def test_location(self, below: AsyncClient) -> None:
        assert (await below.post("/things")).headers["Location"] == "/shop/things/1"

    async def test_probes(self, below: AsyncClient) -> None:
        assert (await below.get("/healthz")).status_code == 200

    async def test_servers(self, below: AsyncClient) -> None:
        document = (await below.get("/openapi.json")).json()

        assert document["servers"] == [{"url": "/shop"}]

    def test_token_url(self) -> None:
        app = FastAPI()
        scheme = OAuth2PasswordBearer(tokenUrl="/tokens")
        app.get("/things", dependencies=[Depends(scheme)])(lambda: None)
        app.openapi = document_below(app, "/shop")

        for _ in range(2):
            (found,) = app.openapi()["components"]["securitySchemes"].values()
            assert found["flows"]["password"]["tokenUrl"] == "/shop/tokens"
