"""PostgreSQL through asyncpg."""

from functools import partial
from typing import Final

import asyncpg
from sqlalchemy import Connection, ExceptionContext, event
from sqlalchemy.exc import DisconnectionError, IntegrityError
from sqlalchemy.exc import TimeoutError as StatementTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from app.config.database import DatabaseSettings

OUTAGES: Final = (
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.TooManyConnectionsError,
    *(asyncpg.DeadlockDetectedError, asyncpg.QueryCanceledError),  # it took too long
)

CONFLICTS: Final = {
    "23001": "reference_violation",
    "23503": "reference_violation",
    "23505": "already_exists",
}


def create_engine(settings: DatabaseSettings) -> AsyncEngine:
    """Hand the URL to asyncpg as it is, so that sslmode and the like mean what libpq says."""
    engine = create_async_engine(
        "postgresql+asyncpg://",
        async_creator=partial(connect, settings),
        hide_parameters=True,  # errors are logged, personal data is not
        pool_size=settings.pool_size,
        max_overflow=settings.max_overflow,
        pool_timeout=settings.pool_timeout.total_seconds(),
        pool_recycle=int(settings.pool_recycle.total_seconds()),
        pool_pre_ping=settings.pool_pre_ping,
    )
    event.listen(engine.sync_engine, "checkout", refuse_closed)
    event.listen(engine.sync_engine, "handle_error", claim_timeout)
    return engine


async def connect(settings: DatabaseSettings) -> asyncpg.Connection:
    """Claim what the network raises as the driver's: an endpoint's own OSError is no outage."""
    try:
        return await asyncpg.connect(
            settings.url.get_secret_value(),
            timeout=settings.connect_timeout.total_seconds(),
            command_timeout=settings.statement_timeout.total_seconds(),
            server_settings={"timezone": "UTC"},
        )
    except OSError as error:  # TimeoutError is one
        raise asyncpg.CannotConnectNowError(str(error) or "no answer in time") from error


def claim_timeout(context: ExceptionContext) -> None:
    """Do the same for a statement that took too long, or lost its connection."""
    error = context.original_exception
    if isinstance(error, OSError):
        raise StatementTimeoutError(str(error) or "the statement took too long") from error


def refuse_closed(_: object, entry: ConnectionPoolEntry, __: object) -> None:
    """Replace a connection that the server has closed: known without asking it."""
    connection: asyncpg.Connection | None = entry.driver_connection
    if connection is None or connection.is_closed():
        raise DisconnectionError


def create_probe_engine(_: DatabaseSettings, engine: AsyncEngine) -> AsyncEngine:
    """Look at the database through the same pool."""
    return engine


def lock_migrations(connection: Connection) -> None:
    """Let one process at a time migrate, until its transaction ends."""
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('migrations'))")


def is_outage(error: BaseException | None) -> bool:
    """Tell an unreachable server from a wrong query."""
    return isinstance(error, OUTAGES)


def conflict_code(error: IntegrityError) -> str:
    """Map the SQLSTATE to a stable code."""
    return CONFLICTS.get(str(getattr(error.orig, "sqlstate", "")), "conflict")
