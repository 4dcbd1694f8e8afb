"""A single statement on a connection to MySQL."""

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType

import asyncmy
from tortoise.backends.base.client import ConnectionWrapper
from tortoise.backends.mysql.client import TransactionWrapper

from app.core.database.driver_errors import driver_errors
from app.core.database.mysql_errors import is_read_only
from app.core.database.mysql_kill import Killer

Discard = Callable[[], Awaitable[None]]


class Statement(ConnectionWrapper[asyncmy.Connection]):
    """The connection, for a single statement; too long a one costs the connection."""

    def __init__(
        self,
        lock: asyncio.Lock,
        session: TransactionWrapper,
        patience: float,
        killer: Killer,
        discard: Discard,
    ) -> None:
        super().__init__(lock, session)
        self.limit = asyncio.timeout(patience)
        self.killer = killer
        self.discard = discard

    async def __aenter__(self) -> asyncmy.Connection:
        """Start the clock. asyncmy's own starts a task for each answer."""
        self.connection = await super().__aenter__()
        await self.limit.__aenter__()
        return self.connection

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        """Translate what went wrong, and end what nobody waits for.

        Connections to a server that only reads are replaced.
        """
        await super().__aexit__(exc_type, exc_val, exc_tb)
        if isinstance(exc_val, asyncio.CancelledError):
            self.killer.kill(self.connection)
        if is_read_only(exc_val):
            await self.discard()
        with driver_errors():
            await self.limit.__aexit__(exc_type, exc_val, exc_tb)
            if exc_val is not None:
                raise exc_val
