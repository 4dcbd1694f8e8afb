"""SQLite through aiosqlite."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from app.config.database import DatabaseSettings

CONFLICTS: Final = {
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: "reference_violation",
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: "already_exists",
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: "already_exists",
}


class Cursor(Protocol):
    """What is used of a DB-API cursor."""

    def execute(self, statement: str, /) -> object: ...
    def close(self) -> None: ...


class DriverConnection(Protocol):
    """What is used of a DB-API connection."""

    isolation_level: str | None

    def cursor(self) -> Cursor: ...


def create_engine(settings: DatabaseSettings) -> AsyncEngine:
    """Let transactions take turns on one connection: SQLite itself would have them poll."""
    engine = connect_engine(
        settings,
        pool_size=1,
        max_overflow=0,
        pool_timeout=settings.pool_timeout.total_seconds(),
    )
    event.listen(engine.sync_engine, "begin", begin)
    return engine


def create_probe_engine(settings: DatabaseSettings, _: AsyncEngine) -> AsyncEngine:
    """Open the file anew for each look at it, which waits for no transaction."""
    return connect_engine(settings, poolclass=NullPool)


def connect_engine(settings: DatabaseSettings, **pool: object) -> AsyncEngine:
    """Make an engine with some pool."""
    engine = create_async_engine(
        make_url(settings.url.get_secret_value()).set(drivername="sqlite+aiosqlite"),
        connect_args={"timeout": settings.busy_timeout.total_seconds()},
        hide_parameters=True,  # errors are logged, personal data is not
        **pool,
    )
    event.listen(engine.sync_engine, "do_connect", try_file)
    event.listen(engine.sync_engine, "connect", prepare)
    return engine


def try_file(_: object, __: object, file: Sequence[str], options: Mapping[str, object]) -> None:
    """Let a file that does not open fail here: it would leave a thread of aiosqlite behind."""
    sqlite3.connect(file[0], uri=bool(options.get("uri"))).close()


def prepare(connection: DriverConnection, _: object) -> None:
    """Set what SQLite forgets with each connection; transactions are begun below."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "journal_mode = WAL", "synchronous = NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def begin(connection: Connection) -> None:
    """Take the write lock at once: a transaction that reads first could lose its write later."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def lock_migrations(_: Connection) -> None:
    """Nothing is left to do: the transaction has the write lock, see above."""


def is_outage(error: BaseException | None) -> bool:
    """Tell a busy, full or missing file from a wrong query, which is "operational" as well."""
    wrong_query = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR
    return isinstance(error, sqlite3.OperationalError) and not wrong_query


def conflict_code(error: IntegrityError) -> str:
    """Map SQLite's extended error code to a stable code."""
    return CONFLICTS.get(getattr(error.orig, "sqlite_errorcode", 0), "conflict")
