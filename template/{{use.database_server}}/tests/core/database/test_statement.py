"""app.core.database.engine: a statement that takes longer than it may."""

import asyncio
from datetime import timedelta

import pytest

from app.config.settings import Settings
from app.core.database.session import Database, open_database, transaction
from app.core.errors import UnavailableError
from tests.support.database import execute
from tests.support.scratch import ENDLESS, ENDLESS_RUNNING


async def run(database: Database, statement: str) -> list[tuple[object, ...]]:
    """Run plain SQL in a transaction of its own."""
    async with transaction(database) as session:
        return await execute(session, statement)


class TestTooLong:
    async def test_does_not_go_on_at_the_server(
        self, settings: Settings, database: Database
    ) -> None:
        """It would keep its locks there."""
        limit = {"statement_timeout": timedelta(seconds=0.1)}
        async with open_database(settings.database.model_copy(update=limit)) as hasty:
            with pytest.raises(UnavailableError):
                await run(hasty, ENDLESS)

            async with asyncio.timeout(20):
                while await run(database, ENDLESS_RUNNING):  # noqa: ASYNC110 - it tells nobody
                    await asyncio.sleep(0.01)
