"""PostgreSQL through asyncpg."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from types import TracebackType
from typing import Final, cast

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import ConnectionWrapper
from tortoise.exceptions import DBConnectionError, IntegrityError

from app.config.database import DatabaseSettings

OUTAGES: Final = (
    OSError,  # TimeoutError is one
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


@contextmanager
def driver_errors() -> Generator[None]:
    """Claim what the driver raises: an endpoint's own OSError is no outage."""
    try:
        yield
    except OUTAGES as error:
        raise DBConnectionError(str(error) or "no answer in time") from error
    except asyncpg.IntegrityConstraintViolationError as error:
        raise IntegrityError(error) from error


def conflict_code(error: IntegrityError) -> str:
    """Map the SQLSTATE to a stable code."""
    return CONFLICTS.get(str(getattr(error.__cause__, "sqlstate", "")), "conflict")


class Statement(ConnectionWrapper[asyncpg.Connection]):
    """The connection, for a single statement."""

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        """Translate what went wrong."""
        await super().__aexit__(exc_type, exc_val, exc_tb)
        if exc_val is not None:
            with driver_errors():
                raise exc_val


class Session(TransactionWrapper):
    """A connection in a transaction: what a query is given as ``using_db``."""

    def __init__(self, parent: AsyncpgDBClient, connection: asyncpg.Connection) -> None:
        super().__init__(parent)
        self._connection = connection

    def acquire_connection(self) -> ConnectionWrapper[asyncpg.Connection]:
        """Let one statement at a time use the connection."""
        return Statement(self._lock, self)

    @asynccontextmanager
    async def in_transaction(self) -> AsyncGenerator["Session"]:
        """Begin and end a transaction; within another one it is a savepoint."""
        block = self._connection.transaction()
        with driver_errors():
            await block.start()
        try:
            yield self
        except BaseException:
            with suppress(DBConnectionError), driver_errors():
                await block.rollback()
            raise
        with driver_errors():
            await block.commit()


class Client(AsyncpgDBClient):
    """A pool of connections."""

    def __init__(self, settings: DatabaseSettings, connection_name: str) -> None:
        super().__init__(connection_name=connection_name)
        self.settings = settings

    async def create_pool(self, **_: object) -> asyncpg.Pool:
        """Hand the URL to asyncpg as it is, so that sslmode and the like mean what libpq says."""
        return await asyncpg.create_pool(
            self.settings.url.get_secret_value(),
            min_size=0,
            max_size=self.settings.pool_size,
            max_inactive_connection_lifetime=self.settings.pool_recycle.total_seconds(),
            timeout=self.settings.connect_timeout.total_seconds(),
            command_timeout=self.settings.statement_timeout.total_seconds(),
            server_settings={"timezone": "UTC"},
            reset=keep,
        )

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[Session]:
        """Borrow a connection, for which nobody waits longer than ``pool_timeout``."""
        if self._pool is None:
            await self.create_connection(with_db=True)  # connects to nothing yet
        assert self._pool is not None  # noqa: S101
        patience = self.settings.pool_timeout.total_seconds()
        with driver_errors():
            connection = await self._pool.acquire(timeout=patience)
        try:
            yield Session(self, cast("asyncpg.Connection", connection))
        finally:
            await self._pool.release(connection)

    @asynccontextmanager
    async def in_transaction(self) -> AsyncGenerator[Session]:
        """Begin and end a transaction on a connection from the pool."""
        async with self.connect() as connection, connection.in_transaction() as session:
            yield session


async def keep(_: object) -> None:
    """Leave a returned connection as it is: its transaction has ended, and nothing else is set."""


@asynccontextmanager
async def migration_lock(client: Client) -> AsyncGenerator[Client]:
    """Let one process at a time migrate; the lock lasts as long as its connection."""
    async with client.connect() as session:
        async with session.acquire_connection() as connection:
            await connection.execute("SELECT pg_advisory_lock(hashtext('migrations'))")
        yield client


client_class: Final = Client
