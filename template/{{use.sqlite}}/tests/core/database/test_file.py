"""app.core.database.file: the first to open a file."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from app.core.database.file import prepare_file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "new.sqlite3"


@pytest.fixture
def reader(path: Path) -> Iterator[sqlite3.Connection]:
    """Read a file for which nobody has asked for a WAL: SQLite cannot change that meanwhile."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE some (id INTEGER)")
        connection.execute("BEGIN")
        connection.execute("SELECT * FROM some").fetchall()
        yield connection


def journal_mode(path: Path) -> str:
    with closing(sqlite3.connect(path)) as connection:
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
    return str(mode)


async def test_new(path: Path) -> None:
    await prepare_file(str(path), timedelta(0))

    assert journal_mode(path) == "wal"


async def test_many_at_once(path: Path) -> None:
    await asyncio.gather(*(prepare_file(str(path), timedelta(seconds=20)) for _ in range(50)))

    assert journal_mode(path) == "wal"


async def test_another_process_is_as_early(path: Path, reader: sqlite3.Connection) -> None:
    asyncio.get_running_loop().call_later(0.2, reader.rollback)  # and so the loop is free

    await prepare_file(str(path), timedelta(seconds=20))

    assert journal_mode(path) == "wal"


@pytest.mark.usefixtures("reader")
async def test_the_wait_for_it_ends(path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="database is locked"):
        await prepare_file(str(path), timedelta(seconds=0.1))
