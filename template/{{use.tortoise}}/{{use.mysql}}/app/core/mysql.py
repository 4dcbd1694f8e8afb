"""MySQL through asyncmy; by this module's name Tortoise knows for what to write migrations."""

# pyright: reportUnknownMemberType=false
# asyncmy has types for only a part of what it takes

import asyncio
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Final

import asyncmy
import asyncmy.converters
import asyncmy.errors
from asyncmy.constants import FIELD_TYPE
from tortoise.backends.base.client import ConnectionWrapper
from tortoise.backends.mysql.client import MySQLClient, TransactionWrapper
from tortoise.exceptions import DBConnectionError, IntegrityError

from app.config.database import DatabaseSettings
from app.core.mysql_address import address

# the server's and the driver's numbers of errors
OUTAGES: Final = {
    *(2002, 2003, 2006, 2013),  # not reached, or lost
    *(1044, 1045, 1049),  # refused
    *(1040, 1203, 1226),  # too many connections
    *(1053, 1927, 4031),  # closed by the server
    *(1205, 1213, 1969, 3024),  # another transaction, or the statement, took too long
}

TRANSACTION: Final = ("BEGIN", "COMMIT", "ROLLBACK")
SAVEPOINT: Final = ("SAVEPOINT inner_", "RELEASE SAVEPOINT inner_", "ROLLBACK TO SAVEPOINT inner_")

# zeros for invalid dates and silently shortened text are not for this service;
# what stands behind "SET sql_mode =" may set more
SQL_MODE: Final = "'TRADITIONAL', time_zone = '+00:00'"
ISOLATION: Final = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"


@contextmanager
def driver_errors() -> Generator[None]:
    """Tell an unreachable server from a wrong query."""
    try:
        yield
    except asyncmy.errors.IntegrityError as error:
        raise IntegrityError(error) from error
    except (OSError, asyncmy.errors.MySQLError) as error:
        if isinstance(error, OSError | asyncmy.errors.InterfaceError) or number(error) in OUTAGES:
            raise DBConnectionError(str(error) or "no answer in time") from error
        raise


def number(error: BaseException | None) -> int:
    """Read the number of an error of the server or the driver; 0 where there is none."""
    if isinstance(error, asyncmy.errors.MySQLError) and error.args:
        return int(error.args[0])
    return 0


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
