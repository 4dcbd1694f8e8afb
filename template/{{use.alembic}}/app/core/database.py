"""The database: its connections, its transactions, and what its errors mean."""

from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import structlog
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker
from sqlalchemy.orm.exc import StaleDataError

from app.config.database import DatabaseSettings
from app.config.settings import Settings
from app.core.engine import conflict_code, create_engine, is_outage
from app.core.errors import ConflictError, PreconditionFailedError, UnavailableError

log = structlog.stdlib.get_logger()

Session = AsyncSession


@dataclass(frozen=True, slots=True)
class Database:
    """A pool of connections, and the sessions that use it."""

    engine: AsyncEngine
    sessions: async_sessionmaker[Session]


@asynccontextmanager
async def open_database(settings: DatabaseSettings) -> AsyncGenerator[Database]:
    """Make the pool; the first query makes the first connection."""
    engine = create_engine(settings)
    try:
        yield Database(engine, async_sessionmaker(engine, expire_on_commit=False))
    finally:
        await engine.dispose()


@asynccontextmanager
async def database_resource(settings: Settings) -> AsyncGenerator[Mapping[str, Database]]:
    """Open the database for as long as the service runs."""
    async with open_database(settings.database) as database:
        yield {"database": database}


@asynccontextmanager
async def transaction(database: Database) -> AsyncGenerator[Session]:
    """Commit at the end; roll back on any error and on cancellation.

    Nobody else commits. Raises ConflictError, PreconditionFailedError or UnavailableError for
    what the database refuses.
    """
    with database_errors():
        async with database.sessions.begin() as session:
            yield session


async def ping(database: Database) -> None:
    """Raise UnavailableError unless the database answers."""
    async with probe(database) as connection:
        await connection.execute(text("SELECT 1"))


@asynccontextmanager
async def probe(database: Database) -> AsyncGenerator[AsyncConnection]:
    """Look at the database outside of a transaction, so without waiting for one."""
    with database_errors():
        async with database.engine.connect() as connection:
            yield await connection.execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def database_errors() -> Generator[None]:
    """Translate the database's errors into the service's own."""
    try:
        yield
    except IntegrityError as error:
        raise ConflictError(
            "The change is at odds with what is stored.", code=conflict_code(error)
        ) from error
    except StaleDataError as error:
        raise PreconditionFailedError("It was changed by someone else meanwhile.") from error
    except (DBAPIError, PoolTimeoutError) as error:
        if isinstance(error, DBAPIError) and not is_unavailable(error):
            raise
        log.error("database unavailable", reason=str(getattr(error, "orig", error)))
        raise UnavailableError("The database does not answer.") from error


def is_unavailable(error: DBAPIError) -> bool:
    """Tell a lost or refused connection from a wrong query."""
    driver_errors = (error.orig, getattr(error.orig, "__cause__", None))
    return error.connection_invalidated or any(map(is_outage, driver_errors))
