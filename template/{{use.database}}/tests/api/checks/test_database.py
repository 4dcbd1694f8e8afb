"""/readyz, as far as the database is concerned."""

from collections.abc import AsyncGenerator

import pytest
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.main import create_app
from tests.support.client import running
from tests.support.detour import Detour


@pytest.fixture
async def client(detoured: Settings) -> AsyncGenerator[AsyncClient]:
    """A client of a service that reaches its database by ``way``."""
    async with running(create_app(detoured)) as client:
        yield client


class TestCheckDatabase:
    async def test_answers(self, client: AsyncClient) -> None:
        response = await client.get("/readyz")

        assert response.status_code == 200
        assert response.json()["checks"]["database"] == {"status": "ok"}

    async def test_unreachable(self, client: AsyncClient, way: Detour) -> None:
        await way.close()

        response = await client.get("/readyz")

        assert response.status_code == 503
        assert response.json()["checks"]["database"] == {
            "status": "unavailable",
            "detail": "unreachable",
        }

    async def test_the_process_is_alive_all_the_same(
        self, client: AsyncClient, way: Detour
    ) -> None:
        await way.close()

        assert (await client.get("/healthz")).status_code == 200

    async def test_recovers_without_a_restart(self, client: AsyncClient, way: Detour) -> None:
        await way.close()
        assert (await client.get("/readyz")).status_code == 503

        await way.open()

        assert (await client.get("/readyz")).status_code == 200
