"""MySQL and MariaDB through asyncmy."""

# pyright: reportUnknownMemberType=false
# asyncmy has types for only a part of what it takes

from typing import Final

import asyncmy
from sqlalchemy import Connection, event, make_url
from sqlalchemy.connectors.asyncio import AsyncAdapt_dbapi_connection
from sqlalchemy.exc import DisconnectionError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry, PoolResetState

from app.config.database import DatabaseSettings
from app.core.database.mysql_errors import code_of, hang_up, is_outage
from app.core.database.mysql_moments import DECODERS

__all__ = [
    "conflict_code",
    "create_engine",
    "create_probe_engine",
    "is_outage",
    "lock_migrations",
]

# zeros for invalid dates and silently shortened text are not for this service
SESSION: Final = "SET time_zone = '+00:00', sql_mode = 'TRADITIONAL'"


def create_engine(settings: DatabaseSettings) -> AsyncEngine:
    """Work in UTC and in strict mode, and let a transaction see what others have committed."""
    engine = create_async_engine(
        make_url(settings.url.get_secret_value()).set(drivername="mysql+asyncmy"),
        connect_args={
            "async_creator_fn": connect,
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
    return engine


async def connect(**options: object) -> asyncmy.Connection:
    """Let asyncmy connect."""
    with hang_up():
        return await asyncmy.connect(**options)  # pyright: ignore[reportArgumentType]


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


def create_probe_engine(_: DatabaseSettings, engine: AsyncEngine) -> AsyncEngine:
    """Look at the database through the same pool."""
    return engine


def lock_migrations(connection: Connection) -> None:
    """Let one process at a time migrate; the lock lasts as long as its connection."""
    connection.exec_driver_sql("SELECT GET_LOCK(MD5(CONCAT('migrations ', DATABASE())), 3600)")


def conflict_code(error: IntegrityError) -> str:
    """Map the server's number to a stable code."""
    return code_of(error.orig)
