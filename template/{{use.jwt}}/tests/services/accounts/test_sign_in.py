"""app.services.accounts.sign_in: what happens to a user while their password is hashed."""

from collections.abc import Mapping

import pytest
from httpx2 import AsyncClient

from app.core.database.session import transaction
from app.core.lifespan import State
from app.core.security.passwords import Passwords, Verdict
from app.repositories.accounts.user import UserRepository
from tests.support.auth import login
from tests.support.users import EMAIL, PASSWORD, add_user, find_user


class Interrupted(Passwords):
    """Takes so long that an administrator is faster."""

    def __init__(self, state: State, values: Mapping[str, object]) -> None:
        super().__init__(state["settings"].auth)
        self.state = state
        self.values = values

    async def verify(self, password: str, password_hash: str | None) -> Verdict:
        """Change the user meanwhile."""
        verdict = await super().verify(password, password_hash)
        user = await find_user(self.state)
        async with transaction(self.state["database"]) as session:
            users = UserRepository(session)
            locked = await users.lock(user.id)
            assert locked is not None
            await users.update(locked, self.values)
        return verdict


class TestSignIn:
    @pytest.mark.parametrize(
        "values", [{"is_active": False}, {"password_hash": "of another password"}]
    )
    async def test_no_session_outlives_a_change(
        self, client: AsyncClient, state: State, values: dict[str, object]
    ) -> None:
        """ASVS 7.4: a session that begins after all were ended would be missed."""
        await add_user(state, EMAIL, password=PASSWORD)
        state["passwords"] = Interrupted(state, values)

        response = await login(client)

        assert response.status_code == 401
        assert response.json()["code"] == "invalid_credentials"

    async def test_another_change(self, client: AsyncClient, state: State) -> None:
        await add_user(state, EMAIL, password=PASSWORD)
        state["passwords"] = Interrupted(state, {"role": "admin"})

        assert (await login(client)).status_code == 200
