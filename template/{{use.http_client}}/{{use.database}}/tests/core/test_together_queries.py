"""app.core.together over queries: a session for each branch, and a connection each."""

from functools import partial

import pytest

from app.config.settings import Settings
from app.core.database.session import Session, open_database, transaction
from app.core.errors import NotFoundError
from app.core.together import together
from tests.support.database import execute

BRANCHES = 3


class TestQueries:
    async def test_side_by_side(self, settings: Settings) -> None:
        """The results come in order, and each session goes back."""
        async with open_database(settings.database) as database:
            sessions: list[Session] = []

            async def ask(number: int) -> list[tuple[object, ...]]:
                async with transaction(database) as session:
                    sessions.append(session)
                    return await execute(session, f"SELECT {number}")

            found = await together((partial(ask, number) for number in range(6)), at_once=BRANCHES)

            assert found == [[(number,)] for number in range(6)]
            assert len({id(session) for session in sessions}) == len(sessions)

    async def test_one_fails(self, settings: Settings) -> None:
        """The others are rolled back, and their connections are there for the next."""
        async with open_database(settings.database) as database:

            async def ask(number: int) -> None:
                async with transaction(database) as session:
                    await execute(session, "SELECT 1")
                    if number == 1:
                        raise NotFoundError("There is none.")

            for _ in range(5):
                with pytest.raises(NotFoundError):
                    await together(partial(ask, number) for number in range(BRANCHES))
            async with transaction(database) as session:
                assert await execute(session, "SELECT 1") == [(1,)]
