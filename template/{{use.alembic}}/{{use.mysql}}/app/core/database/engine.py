"""MySQL and MariaDB through asyncmy."""

# pyright: reportUnknownMemberType=false
# asyncmy has types for only a part of what it takes

from asyncio import CancelledError
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import asyncmy
from sqlalchemy import Connection, ExceptionContext, event, make_url
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_connection
from sqlalchemy.exc import DisconnectionError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolResetState

from app.config.database import DatabaseSettings
from app.core.database.mysql_errors import (
    REFUSES_CHANGES,
    code_of,
    hang_up,
    is_aborted,
    is_outage,
    is_read_only,
)
from app.core.database.mysql_kill import Killer
from app.core.database.mysql_moments import DECODERS

__all__ = [
    "REFUSES_CHANGES",
    "conflict_code",
    "create_engine",
    "create_probe_engine",
    "is_aborted",
    "is_outage",
    "lock_migrations",
]

# zeros for invalid dates and silently shortened text are not for this service
SESSION: Final = "SET time_zone = '+00:00', sql_mode = 'TRADITIONAL'"


# names the lock of those who migrate; each database has its own
LOCK: Final = "MD5(CONCAT('migrations ', DATABASE()))"


def create_engine(settings: DatabaseSettings) -> AsyncEngine:
    """Work in UTC and in strict mode, and let a transaction see what others have committed."""
    connector = Connector()
    engine = create_async_engine(
        make_url(settings.url.get_secret_value()).set(drivername="mysql+asyncmy"),
        connect_args={
            "async_creator_fn": connector.connect,
            "charset": "utf8mb4",
            "connect_timeout": settings.connect_timeout.total_seconds(),
            "conv": DECODERS,
            "init_command": SESSION,
            "read_timeout": settings.statement_timeout.total_seconds(),
        },
        hide_parameters=True,  # errors are logged, personal data is not
        isolation_level="READ COMMITTED",
        pool_size=settings.pool_size,
        max_overflow=settings.max_overflow,
        pool_timeout=settings.pool_timeout.total_seconds(),
        pool_recycle=int(settings.pool_recycle.total_seconds()),
        pool_pre_ping=settings.pool_pre_ping,
        pool_reset_on_return=None,
    )
    event.listen(engine.sync_engine, "checkout", refuse_closed)
    event.listen(engine.sync_engine, "reset", roll_back)
    event.listen(engine.sync_engine, "handle_error", discard_read_only)
    event.listen(engine.sync_engine, "invalidate", connector.give_up)
    return engine


class Connector:
    """Lets asyncmy connect, and the server end what is given up."""

    def __init__(self) -> None:
        self.options: dict[str, object] = {}
        self.killer = Killer(self.connect)

    async def connect(self, **options: object) -> asyncmy.Connection:
        """Connect as told, or else as the last time."""
        self.options |= options
        with hang_up():
            return await asyncmy.connect(**self.options)  # pyright: ignore[reportArgumentType]

    def give_up(
        self, connection: AsyncAdapt_dbapi_connection, _: object, error: BaseException | None
    ) -> None:
        """End the statement that took too long, or in which its task was cancelled."""
        if isinstance(error, CancelledError) or takes_too_long(error):
            self.killer.kill(connection.driver_connection)


def takes_too_long(error: BaseException | None) -> bool:
    """Tell it from a server that went away: asyncmy says of both that the connection is lost."""
    return error is not None and isinstance(error.__context__, TimeoutError)


def roll_back(
    connection: AsyncAdapt_dbapi_connection, _: ConnectionPoolEntry, state: PoolResetState
) -> None:
    """End what is left open; SQLAlchemy would ask the server after every session."""
    if state.asyncio_safe and connection.driver_connection.get_transaction_status():
        connection.rollback()


def refuse_closed(_: object, entry: ConnectionPoolEntry, __: object) -> None:
    """Replace a connection that the server has closed: asyncmy's own pool knows by this, too."""
    if getattr(entry.driver_connection, "_stream_broken", False):
        raise DisconnectionError


def discard_read_only(context: ExceptionContext) -> None:
    """Discard what leads to a server that only reads; a new connection may find another one."""
    error = context.original_exception
    if is_read_only(error) or is_read_only(error.__cause__):
        context.is_disconnect = True


def create_probe_engine(_: DatabaseSettings, engine: AsyncEngine) -> AsyncEngine:
    """Look at the database through the same pool."""
    return engine


@contextmanager
def lock_migrations(connection: Connection) -> Generator[None]:
    """Let one process at a time migrate. A pooler may keep the connection, so nothing is left."""
    connection.exec_driver_sql(f"SELECT GET_LOCK({LOCK}, 3600)")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"SELECT RELEASE_LOCK({LOCK})")


def conflict_code(error: IntegrityError) -> str:
    """Map the server's number to a stable code."""
    return code_of(error.orig)
