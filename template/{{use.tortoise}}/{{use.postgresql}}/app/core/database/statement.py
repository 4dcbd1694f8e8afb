"""A single statement on a connection to PostgreSQL, and what its errors mean to Tortoise."""

import asyncio
from collections.abc import Awaitable, Callable, Generator
from contextlib import contextmanager
from types import TracebackType

import asyncpg
from tortoise.backends.asyncpg.client import TransactionWrapper
from tortoise.backends.base.client import ConnectionWrapper
from tortoise.exceptions import DBConnectionError, IntegrityError

from app.core.database.postgresql_errors import OUTAGES, is_read_only

Discard = Callable[[], Awaitable[None]]


@contextmanager
def driver_errors() -> Generator[None]:
    """Claim what the driver raises: an endpoint's own OSError is no outage."""
    try:
        yield
    except (OSError, *OUTAGES) as error:  # TimeoutError is one
        raise DBConnectionError(str(error) or "no answer in time") from error
    except asyncpg.IntegrityConstraintViolationError as error:
        raise IntegrityError(error) from error


class Statement(ConnectionWrapper[asyncpg.Connection]):
    """The connection, for a single statement."""

    def __init__(self, lock: asyncio.Lock, session: TransactionWrapper, discard: Discard) -> None:
        super().__init__(lock, session)
        self.discard = discard

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        """Translate what went wrong; connections to a server that only reads are replaced."""
        await super().__aexit__(exc_type, exc_val, exc_tb)
        if is_read_only(exc_val):
            await self.discard()
        if exc_val is not None:
            with driver_errors():
                raise exc_val
