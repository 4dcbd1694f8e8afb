"""/readyz, when the way to the database swallows what is sent."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.main import create_app
from tests.support.client import running
from tests.support.detour import Detour


@pytest.fixture
async def client(detoured: Settings) -> AsyncGenerator[AsyncClient]:
    """A client of a service that reaches its database by ``way``, and waits for it no time."""
    limit = {"readiness_timeout": timedelta(seconds=0.5)}
    hasty = replace(detoured, app=detoured.app.model_copy(update=limit))
    async with running(create_app(hasty)) as client:
        yield client


class TestBlackHole:
    async def test_no_answer_in_time(self, client: AsyncClient, way: Detour) -> None:
        assert (await client.get("/readyz")).status_code == 200
        way.swallow()

        response = await client.get("/readyz")

        assert response.status_code == 503
        assert response.json()["checks"]["database"] == {
            "status": "unavailable",
            "detail": "no answer in time",
        }

    async def test_recovers_without_a_restart(self, client: AsyncClient, way: Detour) -> None:
        way.swallow()
        assert (await client.get("/readyz")).status_code == 503

        await way.close()
        await way.open()

        assert (await client.get("/readyz")).status_code == 200
