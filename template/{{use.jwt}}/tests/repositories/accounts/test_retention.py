"""What has expired is forgotten when somebody signs in, so that no table grows for ever."""

from datetime import timedelta

import pytest
from httpx2 import AsyncClient

from app.core.database.session import transaction
from app.core.lifespan import State
from app.models.utc import utc_now
from app.repositories.accounts.login_failure import LoginFailureRepository
from app.repositories.accounts.user_session import UserSessionRepository
from app.repositories.accounts.user_token import UserTokenRepository
from app.schemas.accounts.user_token import Purpose
from tests.support.auth import login
from tests.support.database import execute
from tests.support.users import ADDRESS, add_user, begin_session

AGO = utc_now() - timedelta(days=30)


async def count(state: State, table: str) -> object:
    """Count the rows of a table."""
    async with transaction(state["database"]) as session:
        return (await execute(session, f"SELECT count(*) FROM {table}"))[0][0]  # noqa: S608


@pytest.mark.parametrize("table", ["user_sessions", "user_tokens", "login_failures"])
async def test_a_sign_in_forgets(client: AsyncClient, state: State, table: str) -> None:
    user = await add_user(state)
    await begin_session(state, user, refresh_token_ttl=timedelta(days=-1))
    token = {"user_id": user.id, "purpose": Purpose.VERIFY_EMAIL, "digest": "x", "expires_at": AGO}
    failure = {"account": "x", "address": ADDRESS, "created_at": AGO}
    async with transaction(state["database"]) as session:
        await UserTokenRepository(session).add(token)
        await LoginFailureRepository(session).add(failure)
    assert await count(state, table) == 1

    await login(client)

    own_attempt = 1 if table == "login_failures" else 0
    assert await count(state, table) == own_attempt


async def test_addresses_are_remembered_with_sessions(state: State) -> None:
    user = await add_user(state)
    await begin_session(state, user)

    async with transaction(state["database"]) as session:
        sessions = UserSessionRepository(session)
        await sessions.revoke_all(user.id, utc_now())
        assert await sessions.has_address(user.id, ADDRESS)
        await sessions.delete_expired(utc_now() + timedelta(days=365))
        assert not await sessions.has_address(user.id, ADDRESS)
