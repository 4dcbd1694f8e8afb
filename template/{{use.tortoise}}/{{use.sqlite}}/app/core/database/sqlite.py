"""SQLite through aiosqlite; by this module's name Tortoise knows for what to write migrations."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Final

import aiosqlite
from tortoise.backends.base.client import ConnectionWrapper
from tortoise.backends.sqlite.client import SqliteClient, SqliteTransactionWrapper
from tortoise.exceptions import DBConnectionError

from app.config.database import DatabaseSettings
from app.core.database.driver_errors import driver_errors
from app.core.database.file import interrupt, prepare_file
from app.core.deadline import to_the_end

TRANSACTION: Final = ("BEGIN IMMEDIATE", "COMMIT", "ROLLBACK")
"""Take the write lock at once: a transaction that reads first could lose its write later."""
SAVEPOINT: Final = ("SAVEPOINT inner", "RELEASE inner", "ROLLBACK TO inner")

PRAGMAS: Final = ("foreign_keys = ON", "synchronous = NORMAL")


class Statement(ConnectionWrapper[aiosqlite.Connection]):
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


class Session(SqliteTransactionWrapper):
    """A connection in a transaction: what a query is given as ``using_db``."""

    def __init__(self, parent: SqliteClient, connection: aiosqlite.Connection) -> None:
        super().__init__(parent)
        self._connection = connection

    def acquire_connection(self) -> ConnectionWrapper[aiosqlite.Connection]:
        """Let one statement at a time use the connection."""
        return Statement(self._lock, self)

    @asynccontextmanager
    async def in_transaction(self) -> AsyncGenerator["Session"]:
        """Begin and end a transaction; within another one it is a savepoint."""
        begin, commit, roll_back = SAVEPOINT if self._connection.in_transaction else TRANSACTION
        try:
            await self.run(begin)
            yield self
            with to_the_end():
                await self.run(commit)
        except BaseException as error:
            if isinstance(error, asyncio.CancelledError):
                await interrupt(self._connection)
            with suppress(sqlite3.Error, DBConnectionError):  # it may have had no begin
                await self.run(roll_back)
            raise

    async def discard(self) -> None:
        """Nothing is kept: what looks at the file opens it for itself."""

    async def run(self, statement: str) -> None:
        """Run plain SQL."""
        with driver_errors():
            await self._connection.execute_fetchall(statement)


class Client(SqliteClient):
    """One connection, which transactions use one after the other: only one can write anyway."""

    def __init__(self, settings: DatabaseSettings, connection_name: str) -> None:
        super().__init__(path_of(settings), connection_name=connection_name)
        self.settings = settings

    async def create_connection(self, with_db: bool) -> None:
        """Open the file."""
        if self._connection is None:
            self._connection = await open_file(self.settings)
            await self._post_connect()

    @asynccontextmanager
    async def connect(self) -> AsyncGenerator[Session]:
        """Open the file once more, and so wait for no transaction."""
        connection = await open_file(self.settings)
        try:
            yield Session(self, connection)
        finally:
            await connection.close()

    @asynccontextmanager
    async def in_transaction(self) -> AsyncGenerator[Session]:
        """Begin and end a transaction, for which nobody waits longer than ``pool_timeout``."""
        await self.wait_for_turn()
        try:
            await self.create_connection(with_db=True)
            assert self._connection is not None  # noqa: S101
            async with Session(self, self._connection).in_transaction() as session:
                yield session
        finally:
            self._lock.release()

    async def wait_for_turn(self) -> None:
        """Wait until no other transaction of this process uses the connection."""
        try:
            async with asyncio.timeout(self.settings.pool_timeout.total_seconds()):
                await self._lock.acquire()
        except TimeoutError as error:
            raise DBConnectionError("other transactions took too long") from error


def path_of(settings: DatabaseSettings) -> str:
    """Find the file."""
    return settings.url.get_secret_value().removeprefix("sqlite:///")


async def open_file(settings: DatabaseSettings) -> aiosqlite.Connection:
    """Open the file, and set what SQLite forgets with each connection."""
    path, timeout = path_of(settings), settings.busy_timeout
    with driver_errors():
        await prepare_file(path, timeout)
        connection = await aiosqlite.connect(
            path, timeout=timeout.total_seconds(), isolation_level=None
        )
        try:
            connection.row_factory = sqlite3.Row
            for pragma in PRAGMAS:
                await connection.execute_fetchall(f"PRAGMA {pragma}")
        except BaseException:
            await connection.close()
            raise
    return connection
