"""PostgreSQL through asyncpg."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from typing import Final, cast

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import ConnectionWrapper
from tortoise.exceptions import DBConnectionError, IntegrityError

from app.config.database import DatabaseSettings
from app.core.database.postgresql_arguments import arguments
from app.core.database.postgresql_errors import REFUSES_CHANGES, code_of, is_aborted
from app.core.database.statement import Statement, driver_errors
from app.core.deadline import to_the_end

__all__ = [
    "REFUSES_CHANGES",
    "Client",
    "Session",
    "client_class",
    "conflict_code",
    "is_aborted",
    "migration_lock",
]


def conflict_code(error: IntegrityError) -> str:
    """Map the SQLSTATE to a stable code."""
    return code_of(error.__cause__)


class Session(TransactionWrapper):
    """A connection in a transaction: what a query is given as ``using_db``."""

    def __init__(
        self, parent: AsyncpgDBClient, pool: asyncpg.Pool, connection: asyncpg.Connection
    ) -> None:
        super().__init__(parent)
        self.pool = pool
        self._connection = connection

    def acquire_connection(self) -> ConnectionWrapper[asyncpg.Connection]:
        """Let one statement at a time use the connection."""
        return Statement(self._lock, self, self.discard)

    @asynccontextmanager
    async def in_transaction(self) -> AsyncGenerator["Session"]:
        """Begin and end a transaction, whatever is the server's default; or else a savepoint."""
        block = self._connection.transaction(isolation="read_committed")
        with driver_errors():
            await block.start()
        try:
            yield self
        except BaseException:
            with suppress(DBConnectionError), driver_errors():
                await block.rollback()
            raise
        with driver_errors(), to_the_end():
            await block.commit()

    async def discard(self) -> None:
        """Have every connection of the pool replaced once it is given back."""
        await self.pool.expire_connections()


class Client(AsyncpgDBClient):
    """A pool of connections."""

    def __init__(self, settings: DatabaseSettings, connection_name: str) -> None:
        super().__init__(connection_name=connection_name)
        self.settings = settings

    async def create_pool(self, **_: object) -> asyncpg.Pool:
        """Make the pool, which connects to nothing yet."""
        return await asyncpg.create_pool(
            **arguments(self.settings),
            min_size=0,
            max_size=self.settings.pool_size,
            max_inactive_connection_lifetime=self.settings.pool_recycle.total_seconds(),
            reset=keep,
        )

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[Session]:
        """Borrow a connection, for which nobody waits longer than ``pool_timeout``."""
        if self._pool is None:
            await self.create_connection(with_db=True)
        assert self._pool is not None  # noqa: S101
        patience = self.settings.pool_timeout.total_seconds()
        with driver_errors():
            connection = await self._pool.acquire(timeout=patience)
        try:
            yield Session(self, self._pool, cast("asyncpg.Connection", connection))
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
    """Let one process at a time migrate, until a transaction ends that does nothing else."""
    async with client.in_transaction() as session:
        async with session.acquire_connection() as connection:
            await connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            await connection.execute("SELECT pg_advisory_xact_lock(hashtext('migrations'))")
        yield client


client_class: Final = Client
