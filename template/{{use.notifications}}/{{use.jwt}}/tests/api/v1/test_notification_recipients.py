"""/api/v1/notifications: who can be told something."""

import pytest
from httpx2 import AsyncClient

from app.core.database.session import transaction
from app.core.lifespan import State
from app.repositories.accounts.user import UserRepository
from tests.support.notifications import NOTIFICATIONS
from tests.support.users import add_user

UNKNOWN = ["9" * 18, "9" * 100, "0", "-1", "1.0", "ada", " 1", "\N{ARABIC-INDIC DIGIT ONE}"]


def to(recipient: str) -> dict[str, str]:
    """Write to somebody."""
    return {"recipient": recipient, "kind": "greeting", "text": "Hello"}


@pytest.mark.parametrize("recipient", UNKNOWN)
async def test_nobody(client: AsyncClient, recipient: str) -> None:
    response = await client.post(NOTIFICATIONS, json=to(recipient))

    assert response.status_code == 404
    assert response.json()["code"] == "recipient_not_found"


async def test_deactivated(client: AsyncClient, state: State) -> None:
    user = await add_user(state)
    async with transaction(state["database"]) as session:
        users = UserRepository(session)
        locked = await users.lock(user.id)
        assert locked
        await users.update(locked, {"is_active": False})

    response = await client.post(NOTIFICATIONS, json=to(str(user.id)))

    assert response.status_code == 404
