"""SQLite, as Tortoise is told of it."""

import fcntl
import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Final

from tortoise.exceptions import IntegrityError

from app.core.database.file import REFUSES_CHANGES, is_aborted
from app.core.database.sqlite import Client, Session

__all__ = [
    "REFUSES_CHANGES",
    "Client",
    "Session",
    "client_class",
    "conflict_code",
    "is_aborted",
    "migration_lock",
]

CONFLICTS: Final = {
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: "reference_violation",
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: "already_exists",
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: "already_exists",
}

client_class: Final = Client


def conflict_code(error: IntegrityError) -> str:
    """Map SQLite's extended error code to a stable code."""
    return CONFLICTS.get(getattr(error.__cause__, "sqlite_errorcode", 0), "conflict")


@asynccontextmanager
async def migration_lock(client: Client) -> AsyncGenerator[Client]:
    """Let one process at a time migrate. A transaction is too short: scripts commit it."""
    await client.create_connection(with_db=True)
    with exclusive(Path(f"{client.filename}.migrating")):
        yield client


@contextmanager
def exclusive(path: Path) -> Generator[None]:
    """Hold a file that only one process can have."""
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
