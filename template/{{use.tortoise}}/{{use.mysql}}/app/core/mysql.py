"""MySQL through asyncmy; by this module's name Tortoise knows for what to write migrations."""

# pyright: reportUnknownMemberType=false
# asyncmy has types for only a part of what it takes

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Final

import asyncmy
import asyncmy.converters
from asyncmy.constants import FIELD_TYPE
from tortoise.backends.base.client import ConnectionWrapper
from tortoise.backends.mysql.client import MySQLClient, TransactionWrapper
from tortoise.exceptions import DBConnectionError

from app.config.database import DatabaseSettings
from app.core.mysql_address import address
from app.core.mysql_errors import driver_errors

TRANSACTION: Final = ("BEGIN", "COMMIT", "ROLLBACK")
SAVEPOINT: Final = ("SAVEPOINT inner_", "RELEASE SAVEPOINT inner_", "ROLLBACK TO SAVEPOINT inner_")

# zeros for invalid dates and silently shortened text are not for this service;
# what stands behind "SET sql_mode =" may set more
SQL_MODE: Final = "'TRADITIONAL', time_zone = '+00:00'"
ISOLATION: Final = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"


class Statement(ConnectionWrapper[asyncmy.Connection]):
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

    def __init__(self, parent: MySQLClient, connection: asyncmy.Connection) -> None:
        super().__init__(parent)
        self._connection = connection
        self.begun = False

    def acquire_connection(self) -> ConnectionWrapper[asyncmy.Connection]:
        """Let one statement at a time use the connection."""
        return Statement(self._lock, self)

    @asynccontextmanager
    async def in_transaction(self) -> AsyncGenerator["Session"]:
        """Begin and end a transaction; within another one it is a savepoint."""
        begin, commit, roll_back = SAVEPOINT if self.begun else TRANSACTION
        await self.run(begin)
        self.begun = True
        try:
            yield self
        except BaseException:
            with suppress(DBConnectionError):
                await self.run(roll_back)
            raise
        await self.run(commit)

    async def run(self, statement: str) -> None:
        """Run plain SQL."""
        with driver_errors():
            await self._connection.query(statement)


class Client(MySQLClient):
    """A pool of connections."""

    def __init__(self, settings: DatabaseSettings, connection_name: str) -> None:
        super().__init__(
            host="", port=0, user="", password="", database="", connection_name=connection_name
        )
        self.settings = settings
        self.charset = ""  # a table has its database's

    async def create_connection(self, with_db: bool) -> None:
        """Make the pool, which connects to nothing yet."""
        self._pool = await asyncmy.create_pool(
            **address(self.settings.url.get_secret_value()),
            minsize=0,
            maxsize=self.settings.pool_size,
            pool_recycle=int(self.settings.pool_recycle.total_seconds()),
            autocommit=True,
            charset="utf8mb4",
            connect_timeout=self.settings.connect_timeout.total_seconds(),
            conv={**asyncmy.converters.conversions, **MOMENTS},
            init_command=ISOLATION,
            read_timeout=self.settings.statement_timeout.total_seconds(),
            sql_mode=SQL_MODE,
        )
        await self._post_connect()

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[Session]:
        """Borrow a connection, for which nobody waits longer than ``pool_timeout``."""
        if self._pool is None:
            await self.create_connection(with_db=True)
        assert self._pool is not None  # noqa: S101
        patience = self.settings.pool_timeout.total_seconds()
        with driver_errors():
            async with asyncio.timeout(patience):
                connection = await self._pool.acquire()
        try:
            yield Session(self, connection)
        finally:
            self._pool.release(connection)

    @asynccontextmanager
    async def in_transaction(self) -> AsyncGenerator[Session]:
        """Begin and end a transaction on a connection from the pool."""
        async with self.connect() as connection, connection.in_transaction() as session:
            yield session


def aware(text: object) -> object:
    """Read a moment, which is stored without its zone."""
    moment = asyncmy.converters.convert_datetime(text)
    return moment.replace(tzinfo=UTC) if isinstance(moment, datetime) else moment


MOMENTS: Final = {FIELD_TYPE.DATETIME: aware, FIELD_TYPE.TIMESTAMP: aware}
