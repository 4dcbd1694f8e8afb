"""MySQL, as Tortoise is told of it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from tortoise.exceptions import IntegrityError

from app.core.database.mysql import Client, Session
from app.core.database.mysql_errors import code_of

__all__ = ["Client", "Session", "client_class", "conflict_code", "migration_lock"]

LOCK: Final = "SELECT GET_LOCK(MD5(CONCAT('migrations ', DATABASE())), 3600)"

client_class: Final = Client


def conflict_code(error: IntegrityError) -> str:
    """Map the server's number to a stable code."""
    return code_of(error.__cause__)


@asynccontextmanager
async def migration_lock(client: Client) -> AsyncGenerator[Client]:
    """Let one process at a time migrate; the lock lasts as long as its connection."""
    async with client.connect() as session:
        await session.run(session.step(LOCK))
        yield client
