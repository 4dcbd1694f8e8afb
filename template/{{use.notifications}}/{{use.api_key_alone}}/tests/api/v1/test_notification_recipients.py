"""/api/v1/notifications: who can be told something."""

from httpx2 import AsyncClient

from app.core.lifespan import State
from tests.support.keys import ask, store
from tests.support.notifications import NOTIFICATIONS


async def test_before_there_is_a_key(client: AsyncClient, state: State) -> None:
    body = {"recipient": "billing", "kind": "greeting", "text": "Hello"}
    sent = await client.post(NOTIFICATIONS, json=body)
    key, _ = await store(state, "billing", scopes="notifications:read")

    found = await ask(client, key.reveal(), NOTIFICATIONS)

    assert found.json()["items"] == [sent.json()]


async def test_marking_wants_its_scope(client: AsyncClient, state: State) -> None:
    key, _ = await store(state, "billing", scopes="notifications:read")

    response = await ask(client, key.reveal(), f"{NOTIFICATIONS}/all/read", "PUT")

    assert response.status_code == 403
