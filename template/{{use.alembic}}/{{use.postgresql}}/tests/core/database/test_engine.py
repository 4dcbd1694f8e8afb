"""app.core.database.engine: what is particular to PostgreSQL."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from app.config.settings import Settings
from app.core.database.session import Database, open_database, transaction
from app.core.errors import UnavailableError
from tests.support.database import execute


async def run(database: Database, statement: str) -> object:
    """Run plain SQL in a transaction of its own, and return the first value."""
    async with transaction(database) as session:
        return (await execute(session, statement))[0][0]


class TestConnection:
    async def test_works_in_utc(self, database: Database) -> None:
        assert await run(database, "SHOW timezone") == "UTC"

    async def test_closed_by_the_server_is_replaced(
        self, settings: Settings, database: Database
    ) -> None:
        async with open_database(settings.database) as pool:
            async with pool.engine.connect() as connection:
                driver = (await connection.get_raw_connection()).driver_connection
                assert isinstance(driver, asyncpg.Connection)
            closed = asyncio.Event()
            driver.add_termination_listener(lambda _: closed.set())
            await run(database, f"SELECT pg_terminate_backend({driver.get_server_pid()})")
            async with asyncio.timeout(20):
                await closed.wait()

            assert await run(pool, "SELECT pg_backend_pid()") != driver.get_server_pid()

    async def test_a_statement_takes_too_long(self, settings: Settings) -> None:
        limit = {"statement_timeout": timedelta(seconds=0.1)}

        async with open_database(settings.database.model_copy(update=limit)) as database:
            with pytest.raises(UnavailableError):
                await run(database, "SELECT pg_sleep(60)")
