"""app.core.database.session: transactions, and what the database's errors mean."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import timedelta

import pytest

from app.config.settings import Settings
from app.core.database.session import Database, open_database, ping, transaction
from app.core.errors import ConflictError, UnavailableError
from tests.support.database import NARROW, execute
from tests.support.detour import Detour

INSERT = "INSERT INTO probe_parents (id, name) VALUES (1, 'a')"
COUNT = "SELECT count(*) FROM probe_parents"


@pytest.fixture
async def narrow(settings: Settings) -> AsyncGenerator[Database]:
    """The database through a pool of a single connection, which nobody waits for long."""
    hasty = {**NARROW, "pool_timeout": timedelta(seconds=1)}
    async with open_database(settings.database.model_copy(update=hasty)) as database:
        yield database


async def run(database: Database, statement: str) -> list[tuple[object, ...]]:
    """Run plain SQL in a transaction of its own."""
    async with transaction(database) as session:
        return await execute(session, statement)


@pytest.mark.usefixtures("probe_tables")
class TestTransaction:
    async def test_commits(self, database: Database) -> None:
        await run(database, INSERT)

        assert await run(database, COUNT) == [(1,)]

    async def test_rolls_back_on_an_error(self, database: Database) -> None:
        async def insert() -> None:
            async with transaction(database) as session:
                await execute(session, INSERT)
                raise LookupError

        with pytest.raises(LookupError):
            await insert()

        assert await run(database, COUNT) == [(0,)]

    async def test_rolls_back_on_cancellation(self, database: Database, narrow: Database) -> None:
        inserted = asyncio.Event()

        async def insert() -> None:
            async with transaction(narrow) as session:
                await execute(session, INSERT)
                inserted.set()
                await asyncio.Event().wait()

        task = asyncio.create_task(insert())
        async with asyncio.timeout(20):
            await inserted.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

        assert await run(database, COUNT) == [(0,)]
        assert await run(narrow, COUNT) == [(0,)], "the connection is usable again"

    async def test_not_unique(self, database: Database) -> None:
        await run(database, INSERT)

        with pytest.raises(ConflictError) as raised:
            await run(database, "INSERT INTO probe_parents (id, name) VALUES (2, 'a')")

        assert raised.value.code == "already_exists"

    async def test_refers_to_nothing(self, database: Database) -> None:
        with pytest.raises(ConflictError) as raised:
            await run(database, "INSERT INTO probe_children (id, parent_id) VALUES (1, 99)")

        assert raised.value.code == "reference_violation"
        assert await run(database, "SELECT * FROM probe_children") == []

    async def test_another_violation(self, database: Database) -> None:
        await run(database, "CREATE TABLE probe_checks (id INTEGER NOT NULL)")
        try:
            with pytest.raises(ConflictError) as raised:
                await run(database, "INSERT INTO probe_checks (id) VALUES (NULL)")
        finally:
            await run(database, "DROP TABLE probe_checks")

        assert raised.value.code == "conflict"

    async def test_a_wrong_query_is_no_outage(self, database: Database) -> None:
        with pytest.raises(Exception, match="no_such_table") as raised:
            await run(database, "SELECT * FROM no_such_table")

        assert not isinstance(raised.value, UnavailableError)

    @pytest.mark.parametrize("error", [TimeoutError, FileNotFoundError])
    async def test_an_error_of_others_is_no_outage(
        self, database: Database, error: type[OSError]
    ) -> None:
        async def fail() -> None:
            async with transaction(database):
                raise error

        with pytest.raises(error):
            await fail()


class TestPool:
    async def test_exhausted(self, narrow: Database) -> None:
        async with transaction(narrow) as session, asyncio.timeout(20):
            await execute(session, "SELECT 1")
            with pytest.raises(UnavailableError):
                await run(narrow, "SELECT 1")

        assert await run(narrow, "SELECT 1") == [(1,)]


class TestPing:
    async def test_answers(self, database: Database) -> None:
        await ping(database)

    async def test_unreachable(self, detoured: Settings, way: Detour) -> None:
        await way.close()

        async with open_database(detoured.database) as database:
            with pytest.raises(UnavailableError):
                await ping(database)

    @pytest.mark.usefixtures("probe_tables")
    async def test_does_not_wait_for_a_transaction(self, database: Database) -> None:
        async with transaction(database) as session, asyncio.timeout(20):
            await execute(session, INSERT)
            await ping(database)
