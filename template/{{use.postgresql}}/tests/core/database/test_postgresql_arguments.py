"""app.core.database.postgresql_arguments: what asyncpg is told."""

import pytest
from pydantic import SecretStr

from app.config.database import DatabaseSettings, Pooler
from app.config.settings import Settings
from app.core.database import postgresql_arguments
from app.core.database.postgresql_arguments import arguments
from app.core.database.session import open_database, transaction
from tests.support.database import NARROW, execute
from tests.support.log import captured_log

URL = "postgresql://user:hunter2@host/database"


def at(url: str) -> DatabaseSettings:
    """Settings with a URL."""
    return DatabaseSettings(url=SecretStr(url))


class TestArguments:
    def test_the_url_knows_better_how_long_to_wait(self) -> None:
        assert arguments(at(f"{URL}?connect_timeout=17"))["timeout"] == 17
        assert arguments(at(f"{URL}?connect_timeout=0"))["timeout"] == 5

    def test_the_certificates_of_the_machine(self) -> None:
        assert arguments(at(f"{URL}?sslrootcert=system"))["ssl"] is True
        assert arguments(at(f"{URL}?sslmode=require"))["ssl"] is None

    @pytest.mark.parametrize(
        ("query", "names"),
        [("channel_binding=require", ["channel_binding"]), ("channel_binding=prefer", [])],
    )
    def test_says_what_is_not_kept(self, query: str, names: list[str]) -> None:
        with captured_log(postgresql_arguments) as log:
            arguments(at(f"{URL}?{query}"))

        assert [each["not_kept"] for each in log] == ([names] if names else [])


class TestPooler:
    async def test_the_server_remembers_no_statement(self, settings: Settings) -> None:
        """Behind a pooler, the next transaction may have the connection of somebody else."""
        pooled = settings.database.model_copy(update={"pooler": Pooler.TRANSACTION, **NARROW})

        async with open_database(pooled) as database, transaction(database) as session:
            assert await execute(session, "SELECT 1") == [(1,)]
            names = "SELECT name FROM pg_prepared_statements WHERE name <> ''"
            assert await execute(session, names) == []
