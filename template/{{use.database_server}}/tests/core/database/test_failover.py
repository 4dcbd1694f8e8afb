"""app.core.database.session: connections that only read, and transactions that lose to others."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from app.config.settings import Settings
from app.core.database.errors import AbortedError
from app.core.database.session import Database, open_database, transaction
from app.core.errors import UnavailableError
from tests.support.database import NARROW, execute
from tests.support.scratch import ONLY_READ

INSERT = "INSERT INTO probe_parents (id, name) VALUES (1, 'a')"


async def run(database: Database, statement: str) -> list[tuple[object, ...]]:
    """Run plain SQL in a transaction of its own."""
    async with transaction(database) as session:
        return await execute(session, statement)


@pytest.fixture
async def replaced(settings: Settings) -> AsyncGenerator[Database]:
    """A pool whose only connection leads to where nothing can be written any more."""
    async with open_database(settings.database.model_copy(update=NARROW)) as database:
        await run(database, ONLY_READ)
        yield database


@pytest.fixture
async def rows(
    database: Database,
    probe_tables: None,  # noqa: ARG001 - where they are
) -> None:
    """Two, to be fought over."""
    await run(database, "INSERT INTO probe_parents (id, name) VALUES (1, 'a'), (2, 'b')")


@pytest.mark.usefixtures("probe_tables")
class TestReadOnly:
    async def test_recovers_without_a_restart(self, replaced: Database) -> None:
        with pytest.raises(UnavailableError):
            await run(replaced, INSERT)

        await run(replaced, INSERT)

        assert await run(replaced, "SELECT count(*) FROM probe_parents") == [(1,)]


@pytest.mark.usefixtures("rows")
class TestContention:
    async def test_deadlock(self, database: Database) -> None:
        both = asyncio.Barrier(2)

        async def change(first: int, second: int) -> None:
            async with transaction(database) as session:
                await execute(session, rename(first))
                await both.wait()
                await execute(session, rename(second))

        ends = await asyncio.gather(change(1, 2), change(2, 1), return_exceptions=True)

        assert [type(end) for end in ends if end is not None] == [AbortedError]

    async def test_no_lock_to_be_had(self, database: Database) -> None:
        async with transaction(database) as session:
            await execute(session, rename(1))

            with pytest.raises(UnavailableError):
                await run(database, "SELECT id FROM probe_parents WHERE id = 1 FOR UPDATE NOWAIT")


def rename(number: int) -> str:
    """Change a row."""
    return f"UPDATE probe_parents SET name = 'new {number}' WHERE id = {number}"  # noqa: S608
