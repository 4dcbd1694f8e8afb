"""The database: its connections, its transactions, and what its errors mean."""

import warnings
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from copy import copy
from dataclasses import dataclass
from typing import Final, Protocol

import structlog
from tortoise.config import AppConfig, ConnectionConfig, TortoiseConfig
from tortoise.context import TortoiseContext
from tortoise.exceptions import DBConnectionError, IntegrityError

from app.config.database import DatabaseSettings
from app.config.settings import Settings
from app.core.database.closing import close_in_time
from app.core.database.engine import REFUSES_CHANGES, Client, Session, conflict_code, is_aborted
from app.core.database.errors import AbortedError
from app.core.errors import ConflictError, UnavailableError

log = structlog.stdlib.get_logger()

CONNECTION: Final = "default"
APP: Final = "models"
"""What Tortoise calls the database, and the service's models."""


Row = Mapping[str, object]


class PlainSql(Protocol):
    """A session, with the types that Tortoise leaves open."""

    def execute_query(self, query: str) -> Coroutine[None, None, tuple[int, Sequence[Row]]]:
        """Return how many rows there are, and which."""
        ...


@dataclass(frozen=True, slots=True)
class Database:
    """The pool, and how a transaction begins; a query runs in it by ``using_db(session)``."""

    context: TortoiseContext
    client: Client
    begin: Callable[[], AbstractAsyncContextManager[Session]]


def orm_config(settings: DatabaseSettings) -> TortoiseConfig:
    """Describe the service to Tortoise."""
    warnings.filterwarnings("ignore", 'Module "app.models" has no models')  # before the first
    engine = ConnectionConfig(engine="app.core.database.engine", credentials={"settings": settings})
    return TortoiseConfig(
        connections={CONNECTION: engine},
        apps={APP: AppConfig(["app.models"], CONNECTION, "migrations.versions")},
        use_tz=True,
        timezone="UTC",
    )


@asynccontextmanager
async def open_database(settings: DatabaseSettings) -> AsyncGenerator[Database]:
    """Make the pool; the first query makes the first connection."""
    context = TortoiseContext()
    with context:
        await context.init(orm_config(settings))
    client = context.db()
    assert isinstance(client, Client)  # noqa: S101 - what orm_config asks for
    try:
        yield Database(context, client, client.in_transaction)
    finally:
        await close_in_time(context.close_connections)


@asynccontextmanager
async def database_resource(settings: Settings) -> AsyncGenerator[Mapping[str, Database]]:
    """Open the database for as long as the service runs."""
    async with open_database(settings.database) as database:
        yield {"database": database}


@asynccontextmanager
async def transaction(database: Database) -> AsyncGenerator[Session]:
    """Commit at the end; roll back on any error and on cancellation.

    Nobody else commits. Raises ConflictError or UnavailableError for what the database refuses.
    """
    with database_errors(), copy(database.context) as context:  # each can be entered once only
        async with database.begin() as session:
            token = context.connections.set(CONNECTION, session)  # no query gets past it
            try:
                yield session
            finally:
                context.connections.reset(token)


async def ping(database: Database) -> None:
    """Raise UnavailableError unless the database answers."""
    async with probe(database) as session:
        await fetch(session, "SELECT 1")


async def takes_changes(database: Database) -> bool:
    """Tell whether the database can be written to; a connection to one that cannot is discarded."""
    async with probe(database) as session:
        (row,) = await fetch(session, REFUSES_CHANGES)
        refuses = any(dict(row).values())
        if refuses:
            await session.discard()
        return not refuses


@asynccontextmanager
async def probe(database: Database) -> AsyncGenerator[Session]:
    """Look at the database outside of a transaction, so without waiting for one."""
    with database_errors():
        async with database.client.connect() as session:
            yield session


async def fetch(session: PlainSql, statement: str) -> Sequence[Row]:
    """Run plain SQL, and return the rows if there are any."""
    _, rows = await session.execute_query(statement)
    return rows


@contextmanager
def database_errors() -> Generator[None]:
    """Translate the database's errors into the service's own."""
    try:
        yield
    except IntegrityError as error:
        raise ConflictError(
            "The change is at odds with what is stored.", code=conflict_code(error)
        ) from error
    except DBConnectionError as error:
        raise unavailable(error) from error


def unavailable(error: DBConnectionError) -> UnavailableError:
    """Tell a transaction that lost to another one from a database that is away."""
    if is_aborted(error.__cause__):
        log.warning("transaction aborted", reason=str(error))
        return AbortedError("Somebody else changed the same data meanwhile.")
    log.error("database unavailable", reason=str(error))
    return UnavailableError("The database does not answer.")
