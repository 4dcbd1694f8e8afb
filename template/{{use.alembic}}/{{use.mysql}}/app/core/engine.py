"""MySQL and MariaDB through asyncmy."""

from typing import Final

import asyncmy.errors
from sqlalchemy import Connection, event, make_url
from sqlalchemy.exc import DisconnectionError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

from app.config.database import DatabaseSettings

# the server's and the driver's numbers of errors
OUTAGES: Final = {
    *(2002, 2003, 2006, 2013),  # not reached, or lost
    *(1044, 1045, 1049),  # refused
    *(1040, 1203, 1226),  # too many connections
    *(1053, 1927, 4031),  # closed by the server
    *(1205, 1213, 1969, 3024),  # another transaction, or the statement, took too long
}

CONFLICTS: Final = {
    1062: "already_exists",
    1216: "reference_violation",
    1217: "reference_violation",
    1451: "reference_violation",
    1452: "reference_violation",
}

# zeros for invalid dates and silently shortened text are not for this service
SESSION: Final = "SET time_zone = '+00:00', sql_mode = 'TRADITIONAL'"


def create_engine(settings: DatabaseSettings) -> AsyncEngine:
    """Work in UTC and in strict mode, and let a transaction see what others have committed."""
    engine = create_async_engine(
        make_url(settings.url.get_secret_value()).set(drivername="mysql+asyncmy"),
        connect_args={
            "charset": "utf8mb4",
            "connect_timeout": settings.connect_timeout.total_seconds(),
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
    )
    event.listen(engine.sync_engine, "checkout", refuse_closed)
    return engine


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


def is_outage(error: BaseException | None) -> bool:
    """Tell an unreachable server from a wrong query."""
    return isinstance(error, asyncmy.errors.InterfaceError) or number(error) in OUTAGES


def conflict_code(error: IntegrityError) -> str:
    """Map the server's number to a stable code."""
    return CONFLICTS.get(number(error.orig), "conflict")


def number(error: BaseException | None) -> int:
    """Read the number of an error of the server or the driver; 0 where there is none."""
    if isinstance(error, asyncmy.errors.MySQLError) and error.args:
        return int(error.args[0])
    return 0
