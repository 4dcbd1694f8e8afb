"""app.api.checks.live: a process whose listeners hear nothing says so."""

from httpx2 import AsyncClient

from app.core.lifespan import State
from app.core.live.hub import Hub
from app.core.live.window import Window
from tests.support.listeners import listening, until
from tests.support.relay import Relay


async def test_ok(client: AsyncClient) -> None:
    response = await client.get("/readyz")

    assert response.json()["checks"]["live"] == {"status": "ok"}


async def test_hears_nothing(
    client: AsyncClient, state: State, far_hub: Hub, far_way: Relay, window: Window
) -> None:
    state["live"] = far_hub
    async with listening(far_hub, window) as ear:
        await ear.position()
        far_way.silent()
        await until(lambda: not far_hub.hears)

        response = await client.get("/readyz")
        healthz = await client.get("/healthz")

    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["checks"]["live"] == {"status": "degraded", "detail": "hears nothing"}
    assert healthz.json() == {"status": "ok"}
