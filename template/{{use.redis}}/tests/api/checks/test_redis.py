"""app.api.checks.redis: an outage of Redis takes no process out of service."""

from httpx2 import AsyncClient

from app.config.settings import Settings
from app.core.lifespan import State
from app.core.redis import open_redis
from tests.support.relay import relayed


async def test_ok(client: AsyncClient) -> None:
    response = await client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["checks"]["redis"] == {"status": "ok"}


async def test_unreachable(client: AsyncClient, state: State, settings: Settings) -> None:
    async with relayed(settings.redis) as relay, open_redis(relay.settings) as redis:
        relay.silent()
        state["redis"] = redis

        response = await client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["checks"]["redis"] == {"status": "degraded", "detail": "unreachable"}
