"""SQLite through aiosqlite."""

import sqlite3
from asyncio import CancelledError
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, cast

from sqlalchemy import Connection, event, make_url
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_connection
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, NullPool, PoolProxiedConnection, PoolResetState
from sqlalchemy.util import await_only

from app.config.database import DatabaseSettings
from app.core.database.file import (
    REFUSES_CHANGES,
    abandon,
    is_aborted,
    is_outage,
    prepare_file,
)

if TYPE_CHECKING:
    import aiosqlite

__all__ = [
    "REFUSES_CHANGES",
    "conflict_code",
    "create_engine",
    "create_probe_engine",
    "is_aborted",
    "is_outage",
    "lock_migrations",
]

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
        pool_reset_on_return=None,
    )
    engine.dialect.do_begin = begin  # one visit to the driver's thread; an event would make three
    event.listen(engine.sync_engine, "reset", roll_back)
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
    event.listen(engine.sync_engine, "do_connect", partial(prepare, settings.busy_timeout))
    event.listen(engine.sync_engine, "connect", configure)
    event.listen(engine.sync_engine, "invalidate", give_up)
    return engine


def prepare(
    busy_timeout: timedelta,
    _: object,
    __: object,
    file: Sequence[str],
    options: Mapping[str, object],
) -> None:
    """Prepare the file for the connection that is made."""
    await_only(prepare_file(file[0], busy_timeout, uri=bool(options.get("uri"))))


def configure(connection: DriverConnection, _: object) -> None:
    """Set what SQLite forgets with each connection; transactions are begun below."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("foreign_keys = ON", "synchronous = NORMAL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def begin(dbapi_connection: PoolProxiedConnection) -> None:
    """Take the write lock at once: a transaction that reads first could lose its write later."""
    driver = cast("aiosqlite.Connection", dbapi_connection.driver_connection)
    await_only(driver.execute("BEGIN IMMEDIATE"))


def roll_back(
    connection: AsyncAdapt_dbapi_connection, _: ConnectionPoolEntry, state: PoolResetState
) -> None:
    """End what a refused commit has left open; SQLAlchemy would ask after every session."""
    if state.asyncio_safe and connection.driver_connection.in_transaction:
        connection.rollback()


def give_up(
    connection: AsyncAdapt_dbapi_connection, _: object, error: BaseException | None
) -> None:
    """End the statement in which its task was cancelled: the thread would go on with it."""
    if isinstance(error, CancelledError):
        await_only(abandon(connection.driver_connection))


@contextmanager
def lock_migrations(_: Connection) -> Generator[None]:
    """Nothing is left to do: the transaction has the write lock, see above."""
    yield


def conflict_code(error: IntegrityError) -> str:
    """Map SQLite's extended error code to a stable code."""
    return CONFLICTS.get(getattr(error.orig, "sqlite_errorcode", 0), "conflict")
