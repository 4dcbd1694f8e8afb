"""app.core.database.migrations: where the schema stands against the code."""

from collections.abc import Generator

import pytest
from pydantic import SecretStr

from app.config.database import DatabaseSettings
from app.core.database.migrations import SchemaState, schema_state
from app.core.database.session import Database, open_database
from tests.support.schema import stamped
from tests.support.scratch import scratch_database


@pytest.fixture
def empty_url() -> Generator[str]:
    """A database without tables."""
    with scratch_database() as url:
        yield url


class TestSchemaState:
    async def test_current(self, database: Database) -> None:
        assert await schema_state(database) is SchemaState.CURRENT

    async def test_behind(self, database: Database) -> None:
        async with stamped(database, None):
            assert await schema_state(database) is SchemaState.BEHIND

    async def test_behind_before_the_first_migration(self, empty_url: str) -> None:
        settings = DatabaseSettings(url=SecretStr(empty_url))

        async with open_database(settings) as empty:
            assert await schema_state(empty) is SchemaState.BEHIND

    async def test_ahead(self, database: Database) -> None:
        async with stamped(database, "from_tomorrow"):
            assert await schema_state(database) is SchemaState.AHEAD
