"""app.core.database.engine: what is particular to SQLite."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.config.settings import Settings
from app.core.database.session import Database, open_database, transaction
from app.core.errors import ConflictError, UnavailableError
from tests.support.database import execute


async def run(database: Database, statement: str) -> list[tuple[object, ...]]:
    """Run plain SQL in a transaction of its own."""
    async with transaction(database) as session:
        return await execute(session, statement)


class TestConnection:
    async def test_a_file_that_is_no_database(self, settings: Settings, tmp_path: Path) -> None:
        file = tmp_path / "notes.txt"
        file.write_text("Buy milk. " * 100)
        wrong = settings.database.model_copy(update={"url": SecretStr(f"sqlite:///{file}")})

        with pytest.raises(UnavailableError):
            async with open_database(wrong) as database:
                await run(database, "SELECT 1")

        assert file.read_text() == "Buy milk. " * 100

    async def test_writers_do_not_block_readers(self, database: Database) -> None:
        assert await run(database, "PRAGMA journal_mode") == [("wal",)]

    @pytest.mark.usefixtures("probe_tables")
    async def test_references_are_checked(self, database: Database) -> None:
        with pytest.raises(ConflictError):
            await run(database, "INSERT INTO probe_children (id, parent_id) VALUES (1, 99)")


class TestBegin:
    @pytest.mark.usefixtures("probe_tables")
    async def test_what_was_read_still_holds_at_the_write(self, database: Database) -> None:
        await run(database, "INSERT INTO probe_parents (id, name) VALUES (1, '0')")

        async def increment() -> None:
            async with transaction(database) as session:
                ((name,),) = await execute(session, "SELECT name FROM probe_parents")
                await execute(session, f"UPDATE probe_parents SET name = '{int(str(name)) + 1}'")  # noqa: S608

        await asyncio.gather(*(increment() for _ in range(20)))

        assert await run(database, "SELECT name FROM probe_parents") == [("20",)]

    async def test_the_wait_for_another_writer_ends(
        self, settings: Settings, database: Database
    ) -> None:
        impatient = settings.database.model_copy(update={"busy_timeout": timedelta(seconds=0.1)})

        async with transaction(database) as session, open_database(impatient) as other:
            await execute(session, "SELECT 1")
            with pytest.raises(UnavailableError):
                await run(other, "SELECT 1")
