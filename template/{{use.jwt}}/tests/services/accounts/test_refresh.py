"""app.services.accounts.refresh: the database ends a transaction for the sake of another one."""

from datetime import datetime

import pytest
from httpx2 import AsyncClient

from app.core.database.again import ATTEMPTS
from app.core.database.errors import AbortedError
from app.core.lifespan import State
from app.repositories.accounts.user_session import UserSessionRepository
from tests.support.auth import refresh
from tests.support.users import add_user, begin_session

ROTATE = UserSessionRepository.rotate


@pytest.fixture
def losing(losses: int, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let the database choose others first, so many times; list the sessions that came."""
    came: list[str] = []

    async def rotate(
        sessions: UserSessionRepository, session_id: str, old: str, new: str, now: datetime
    ) -> bool:
        came.append(session_id)
        if len(came) <= losses:
            raise AbortedError("Somebody else changed the same data meanwhile.")
        return await ROTATE(sessions, session_id, old, new, now)

    monkeypatch.setattr(UserSessionRepository, "rotate", rotate)
    return came


class TestRefresh:
    @pytest.mark.parametrize(
        ("losses", "status"), [(0, 200), (1, 200), (ATTEMPTS - 1, 200), (ATTEMPTS, 503)]
    )
    async def test_is_tried_again(
        self, client: AsyncClient, state: State, losing: list[str], losses: int, status: int
    ) -> None:
        pair = await begin_session(state, await add_user(state))

        response = await refresh(client, pair.refresh_token)

        assert response.status_code == status
        assert len(losing) == min(losses + 1, ATTEMPTS)
