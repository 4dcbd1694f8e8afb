"""app.core.database.engine: what is particular to MySQL."""

import asyncio
from datetime import timedelta

import pytest
from tortoise.exceptions import OperationalError

from app.config.settings import Settings
from app.core.database.session import Database, open_database, probe, transaction
from app.core.errors import UnavailableError
from tests.support.database import execute


async def run(database: Database, statement: str) -> object:
    """Run plain SQL in a transaction of its own, and return the first value."""
    async with transaction(database) as session:
        rows = await execute(session, statement)
    return rows[0][0] if rows else None


class TestConnection:
    async def test_works_in_utc(self, database: Database) -> None:
        assert await run(database, "SELECT TIMEDIFF(NOW(), UTC_TIMESTAMP())") == timedelta(0)

    @pytest.mark.usefixtures("probe_tables")
    async def test_sees_what_others_have_committed(self, database: Database) -> None:
        async with transaction(database) as session:
            assert await execute(session, "SELECT id FROM probe_parents") == []
            await run(database, "INSERT INTO probe_parents (id) VALUES (1)")
            assert await execute(session, "SELECT id FROM probe_parents") == [(1,)]

    async def test_a_statement_takes_too_long(self, settings: Settings) -> None:
        limit = {"statement_timeout": timedelta(seconds=0.1)}

        async with open_database(settings.database.model_copy(update=limit)) as database:
            with pytest.raises(UnavailableError):
                await run(database, "SELECT SLEEP(60)")

    async def test_closed_by_the_server_is_replaced(
        self, settings: Settings, database: Database
    ) -> None:
        async with open_database(settings.database) as pool:
            async with probe(pool) as session, session.acquire_connection() as driver:
                number = driver.thread_id()
            await run(database, f"KILL {number}")
            async with asyncio.timeout(20):
                while not getattr(driver, "_stream_broken"):  # noqa: ASYNC110, B009 - it tells nobody
                    await asyncio.sleep(0)

            assert await run(pool, "SELECT CONNECTION_ID()") != number


@pytest.mark.usefixtures("probe_tables")
class TestLog:
    async def test_what_is_ignored_on_purpose(
        self, database: Database, caplog: pytest.LogCaptureFixture
    ) -> None:
        """The driver would name the row, with its values."""
        for _ in range(2):
            await run(database, "INSERT IGNORE INTO probe_parents (id) VALUES (1)")

        assert [each.getMessage() for each in caplog.records] == []


@pytest.mark.usefixtures("probe_tables")
class TestText:
    async def test_too_long_is_refused(self, database: Database) -> None:
        with pytest.raises(OperationalError, match="too long"):
            await run(database, "INSERT INTO probe_parents (id, name) VALUES (1, REPEAT('x', 21))")

    async def test_is_compared_exactly(self, database: Database) -> None:
        await run(
            database,
            "INSERT INTO probe_parents (id, name)"
            " VALUES (1, 'pen'), (2, 'Pen'), (3, 'pén'), (4, '🖊'), (5, '🖋')",
        )

        assert await run(database, "SELECT count(*) FROM probe_parents") == 5
