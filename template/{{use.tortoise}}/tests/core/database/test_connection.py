"""app.core.database.session: which connection a query runs on that is not told."""

import asyncio
from collections.abc import AsyncGenerator, Generator

import pytest
from pydantic import SecretStr
from tortoise.connection import get_connection

from app.config.database import DatabaseSettings
from app.core.database.session import CONNECTION, Database, open_database, transaction
from tests.support.scratch import scratch_database


@pytest.fixture
def other_url() -> Generator[str]:
    """Another database."""
    with scratch_database() as url:
        yield url


@pytest.fixture
async def other(other_url: str) -> AsyncGenerator[Database]:
    """That of another application in the same process."""
    async with open_database(DatabaseSettings(url=SecretStr(other_url))) as database:
        yield database


@pytest.mark.usefixtures("database")
async def test_none_outside_of_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="No TortoiseContext"):
        get_connection(CONNECTION)


class TestTransaction:
    async def test_its_own(self, database: Database) -> None:
        async with transaction(database) as session:
            assert get_connection(CONNECTION) is session

        with pytest.raises(RuntimeError, match="No TortoiseContext"):
            get_connection(CONNECTION)

    async def test_not_that_of_another_application(
        self, database: Database, other: Database
    ) -> None:
        async with transaction(database) as outer:
            async with transaction(other) as inner:
                assert get_connection(CONNECTION) is inner
            assert get_connection(CONNECTION) is outer

    async def test_not_that_of_another_task(self, database: Database, other: Database) -> None:
        both = asyncio.Barrier(2)

        async def is_own(database: Database) -> bool:
            async with transaction(database) as session:
                await both.wait()
                return get_connection(CONNECTION) is session

        assert await asyncio.gather(is_own(database), is_own(other)) == [True, True]
