"""app.api.checks.broker: an outage of the broker takes no process out of service."""

from httpx2 import AsyncClient

from app.core.errors import UnavailableError
from app.core.lifespan import State
from app.core.tasks.publisher import Publisher


class Unreachable(Publisher):
    """A way that leads nowhere."""

    async def ping(self) -> None:
        """Fail at once."""
        raise UnavailableError("The broker of tasks does not answer.")


async def test_ok(client: AsyncClient, state: State) -> None:
    await state["publisher"].ping()  # the first connection takes long

    response = await client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["checks"]["broker"] == {"status": "ok"}


async def test_unreachable(client: AsyncClient, state: State) -> None:
    state["publisher"] = Unreachable(state["settings"])

    response = await client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["status"] == "degraded"
    assert response.json()["checks"]["broker"] == {"status": "degraded", "detail": "unreachable"}
