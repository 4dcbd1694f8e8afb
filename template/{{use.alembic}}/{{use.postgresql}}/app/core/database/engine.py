"""PostgreSQL through asyncpg."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Final

import asyncpg
from sqlalchemy import Connection, ExceptionContext, event
from sqlalchemy.exc import DisconnectionError, IntegrityError
from sqlalchemy.exc import TimeoutError as StatementTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from app.config.database import DatabaseSettings, Pooler
from app.core.database.postgresql_arguments import Arguments, arguments
from app.core.database.postgresql_errors import (
    REFUSES_CHANGES,
    code_of,
    is_aborted,
    is_outage,
    is_read_only,
)

__all__ = [
    "REFUSES_CHANGES",
    "conflict_code",
    "create_engine",
    "create_probe_engine",
    "is_aborted",
    "is_outage",
    "lock_migrations",
]

# through a pooler, a statement with a name may be another connection's, or nobody's
STATEMENTS: Final[Mapping[Pooler, Mapping[str, object]]] = {
    Pooler.NONE: {},
    Pooler.TRANSACTION: {
        "prepared_statement_cache_size": 0,
        "prepared_statement_name_func": lambda: "",
    },
}


def create_engine(settings: DatabaseSettings) -> AsyncEngine:
    """Let asyncpg connect by itself: SQLAlchemy would read the URL in its own way."""
    engine = create_async_engine(
        "postgresql+asyncpg://",
        connect_args={
            "async_creator_fn": partial(connect, arguments(settings)),
            **STATEMENTS[settings.pooler],
        },
        hide_parameters=True,  # errors are logged, personal data is not
        isolation_level="READ COMMITTED",  # whatever is the server's default
        pool_size=settings.pool_size,
        max_overflow=settings.max_overflow,
        pool_timeout=settings.pool_timeout.total_seconds(),
        pool_recycle=int(settings.pool_recycle.total_seconds()),
        pool_pre_ping=settings.pool_pre_ping,
    )
    event.listen(engine.sync_engine, "checkout", refuse_closed)
    event.listen(engine.sync_engine, "handle_error", claim_timeout)
    event.listen(engine.sync_engine, "handle_error", discard_read_only)
    return engine


async def connect(arguments: Arguments) -> asyncpg.Connection:
    """Claim what the network raises as the driver's: an endpoint's own OSError is no outage."""
    try:
        return await asyncpg.connect(**arguments)
    except OSError as error:  # TimeoutError is one
        raise asyncpg.CannotConnectNowError(str(error) or "no answer in time") from error


def claim_timeout(context: ExceptionContext) -> None:
    """Do the same for a statement that took too long, or lost its connection."""
    error = context.original_exception
    if isinstance(error, OSError):
        raise StatementTimeoutError(str(error) or "the statement took too long") from error


def discard_read_only(context: ExceptionContext) -> None:
    """Discard what leads to a server that only reads; a new connection may find another one."""
    error = context.original_exception
    if is_read_only(error) or is_read_only(error.__cause__):
        context.is_disconnect = True


def refuse_closed(_: object, entry: ConnectionPoolEntry, __: object) -> None:
    """Replace a connection that the server has closed: known without asking it."""
    connection: asyncpg.Connection | None = entry.driver_connection
    if connection is None or connection.is_closed():
        raise DisconnectionError


def create_probe_engine(_: DatabaseSettings, engine: AsyncEngine) -> AsyncEngine:
    """Look at the database through the same pool."""
    return engine


@contextmanager
def lock_migrations(connection: Connection) -> Generator[None]:
    """Let one process at a time migrate, until its transaction ends."""
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('migrations'))")
    yield


def conflict_code(error: IntegrityError) -> str:
    """Map the SQLSTATE to a stable code."""
    return code_of(error.orig)
