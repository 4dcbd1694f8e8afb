"""MySQL through asyncmy; by this module's name Tortoise knows for what to write migrations."""

# pyright: reportUnknownMemberType=false
# asyncmy has types for only a part of what it takes

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Final

import asyncmy
from tortoise.backends.base.client import ConnectionWrapper
from tortoise.backends.mysql.client import MySQLClient, TransactionWrapper
from tortoise.exceptions import DBConnectionError

from app.config.database import DatabaseSettings
from app.core.database.driver_errors import driver_errors
from app.core.database.mysql_arguments import arguments
from app.core.database.mysql_errors import hang_up
from app.core.database.mysql_kill import Killer
from app.core.database.statement import Statement
from app.core.deadline import to_the_end

SAVEPOINT: Final = ("SAVEPOINT {}", "RELEASE SAVEPOINT {}", "ROLLBACK TO SAVEPOINT {}")

Step = Callable[[], Awaitable[object]]


class Session(TransactionWrapper):
    """A connection in a transaction: what a query is given as ``using_db``."""

    def __init__(
        self, parent: "Client", pool: asyncmy.Pool, connection: asyncmy.Connection
    ) -> None:
        super().__init__(parent)
        self.pool = pool
        self._connection = connection
        self.killer = parent.killer
        self.patience = parent.settings.statement_timeout.total_seconds()
        self.depth = 0

    def acquire_connection(self) -> ConnectionWrapper[asyncmy.Connection]:
        """Let one statement at a time use the connection."""
        return Statement(self._lock, self, self.patience, self.killer, self.discard)

    @asynccontextmanager
    async def in_transaction(self) -> AsyncGenerator["Session"]:
        """Begin and end a transaction; within another one it is a savepoint."""
        begin, commit, roll_back = self.steps()
        await self.run(begin)
        self.depth += 1
        try:
            yield self
        except BaseException:
            with suppress(DBConnectionError):
                await self.run(roll_back)
            raise
        else:
            with to_the_end():
                await self.run(commit)
        finally:
            self.depth -= 1

    def steps(self) -> tuple[Step, ...]:
        """Say how to begin, to commit and to roll back; a name used twice is one savepoint."""
        if self.depth:
            name = f"inner_{self.depth}"
            return tuple(self.step(statement.format(name)) for statement in SAVEPOINT)
        return self._connection.begin, self._connection.commit, self._connection.rollback

    def step(self, statement: str) -> Step:
        """Let plain SQL be such a step."""

        async def take() -> None:
            await self._connection.query(statement)

        return take

    async def discard(self) -> None:
        """Close the connection, and those that wait in the pool."""
        self._connection.close()
        await self.pool.clear()

    async def run(self, step: Step) -> None:
        """Take one of these steps."""
        with driver_errors():
            async with asyncio.timeout(self.patience):
                await step()


class Client(MySQLClient):
    """A pool of connections."""

    def __init__(self, settings: DatabaseSettings, connection_name: str) -> None:
        super().__init__(
            host="", port=0, user="", password="", database="", connection_name=connection_name
        )
        self.settings = settings
        self.killer = Killer(self.connect_alone)
        self.charset = ""  # a table has its database's

    async def create_connection(self, with_db: bool) -> None:
        """Make the pool, which connects to nothing yet."""
        logging.getLogger("asyncmy").setLevel(logging.ERROR)  # it would write down what is ignored
        self._pool = await asyncmy.create_pool(
            **arguments(self.settings.url.get_secret_value()),
            minsize=0,
            maxsize=self.settings.pool_size,
            pool_recycle=int(self.settings.pool_recycle.total_seconds()),
            connect_timeout=self.settings.connect_timeout.total_seconds(),
        )
        await self._post_connect()

    async def connect_alone(self) -> asyncmy.Connection:
        """Connect past the pool."""
        return await asyncmy.connect(
            **arguments(self.settings.url.get_secret_value()),
            connect_timeout=int(self.settings.connect_timeout.total_seconds()) or 1,
        )

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[Session]:
        """Borrow a connection, for which nobody waits longer than ``pool_timeout``."""
        if self._pool is None:
            await self.create_connection(with_db=True)
        assert self._pool is not None  # noqa: S101
        patience = self.settings.pool_timeout.total_seconds()
        with driver_errors(), hang_up():
            async with asyncio.timeout(patience):
                connection = await self._pool.acquire()
        try:
            yield Session(self, self._pool, connection)
        finally:
            self._pool.release(connection)

    @asynccontextmanager
    async def in_transaction(self) -> AsyncGenerator[Session]:
        """Begin and end a transaction on a connection from the pool."""
        async with self.connect() as connection, connection.in_transaction() as session:
            yield session
