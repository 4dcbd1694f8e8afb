"""app.core.database.session: the server, or the way to it, fails."""

import asyncio

import pytest
from pydantic import SecretStr

from app.config.settings import Settings
from app.core.database import closing
from app.core.database.session import Database, open_database, ping, transaction
from app.core.errors import UnavailableError
from tests.support.database import NARROW, execute
from tests.support.detour import Detour


async def use(database: Database) -> None:
    """Run a query in a transaction."""
    async with transaction(database) as session:
        await execute(session, "SELECT 1")


class TestOutage:
    async def test_in_between(self, detoured: Settings, way: Detour) -> None:
        async with open_database(detoured.database) as database:
            await ping(database)
            await way.close()
            with pytest.raises(UnavailableError):
                await use(database)
            await way.open()

            await use(database)

    async def test_in_the_middle_of_a_transaction(self, detoured: Settings, way: Detour) -> None:
        async def lose(database: Database) -> None:
            async with transaction(database) as session:
                await execute(session, "SELECT 1")
                await way.close()
                await execute(session, "SELECT 1")

        async with open_database(detoured.database.model_copy(update=NARROW)) as database:
            with pytest.raises(UnavailableError):
                await lose(database)
            await way.open()

            await use(database)  # the only connection of the pool was not leaked

    async def test_at_the_commit(self, detoured: Settings, way: Detour) -> None:
        async def lose(database: Database) -> None:
            async with transaction(database) as session:
                await execute(session, "SELECT 1")
                await way.close()

        async with open_database(detoured.database) as database:
            with pytest.raises(UnavailableError):
                await lose(database)

    @pytest.mark.parametrize(
        ("right", "wrong"), [("/test_", "/no_test_"), ("127.0.0.1:", "127.0.0.2:")]
    )
    async def test_at_the_wrong_place(self, detoured: Settings, right: str, wrong: str) -> None:
        url = SecretStr(detoured.database.url.get_secret_value().replace(right, wrong))

        async with open_database(detoured.database.model_copy(update={"url": url})) as database:
            with pytest.raises(UnavailableError):
                await ping(database)


class TestEnd:
    async def test_at_a_server_that_answers_no_more(
        self, detoured: Settings, way: Detour, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The service ends all the same, with a connection in its pool."""
        monkeypatch.setattr(closing, "PATIENCE", 0.1)

        opened = open_database(detoured.database)
        await ping(await opened.__aenter__())
        way.swallow()

        async with asyncio.timeout(9):  # drivers have limits of 10 and 30
            await opened.__aexit__(None, None, None)
