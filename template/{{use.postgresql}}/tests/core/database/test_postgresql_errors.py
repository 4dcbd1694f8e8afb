"""app.core.database.postgresql_errors: what the server's codes mean."""

import pytest

from app.config.settings import Settings
from app.core.database.errors import AbortedError
from app.core.database.session import Database, open_database, takes_changes, transaction
from app.core.errors import UnavailableError
from tests.support.database import NARROW, execute
from tests.support.scratch import ONLY_READ


async def run(database: Database, statement: str) -> object:
    """Run plain SQL in a transaction of its own, and return the first value."""
    async with transaction(database) as session:
        rows = await execute(session, statement)
    return rows[0][0] if rows else None


def fail_with(code: str) -> str:
    """Have the server report an error."""
    return f"DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '{code}'; END $$"


class TestCodes:
    @pytest.mark.parametrize("code", ["25006", "53100", "53200", "53300", "55P03", "57014"])
    async def test_outage(self, database: Database, code: str) -> None:
        with pytest.raises(UnavailableError):
            await run(database, fail_with(code))

    @pytest.mark.parametrize("code", ["40001", "40P01"])
    async def test_lost_to_another_transaction(self, database: Database, code: str) -> None:
        with pytest.raises(AbortedError):
            await run(database, fail_with(code))

    @pytest.mark.parametrize("code", ["22012", "42501", "P0001"])
    async def test_a_mistake_is_no_outage(self, database: Database, code: str) -> None:
        with pytest.raises(Exception, match="on purpose") as raised:
            await run(database, fail_with(code))

        assert not isinstance(raised.value, UnavailableError)


class TestTakesChanges:
    async def test_a_connection_that_only_reads_is_replaced(self, settings: Settings) -> None:
        async with open_database(settings.database.model_copy(update=NARROW)) as database:
            assert await takes_changes(database)
            await run(database, ONLY_READ)

            assert not await takes_changes(database)
            assert await takes_changes(database)


class TestIsolation:
    async def test_whatever_is_the_default(self, settings: Settings, database: Database) -> None:
        """A stale version is noticed as such only if a change sees what others have committed."""
        alter = f"ALTER DATABASE {await run(database, 'SELECT current_database()')}"
        await run(database, f"{alter} SET default_transaction_isolation = serializable")
        try:
            async with open_database(settings.database) as fresh:
                assert await run(fresh, "SHOW transaction_isolation") == "read committed"
        finally:
            await run(database, f"{alter} RESET default_transaction_isolation")
