"""MySQL, as Tortoise is told of it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Final

from tortoise.exceptions import IntegrityError

from app.core.database.mysql import Client, Session
from app.core.database.mysql_errors import REFUSES_CHANGES, code_of, is_aborted

__all__ = [
    "REFUSES_CHANGES",
    "Client",
    "Session",
    "client_class",
    "conflict_code",
    "is_aborted",
    "migration_lock",
]

# names the lock of those who migrate; each database has its own
LOCK: Final = "MD5(CONCAT('migrations ', DATABASE()))"

client_class: Final = Client


def conflict_code(error: IntegrityError) -> str:
    """Map the server's number to a stable code."""
    return code_of(error.__cause__)


@asynccontextmanager
async def migration_lock(client: Client) -> AsyncGenerator[Client]:
    """Let one process at a time migrate. A pooler may keep the connection, so nothing is left."""
    async with client.connect() as session:
        await session.run(session.step(f"SELECT GET_LOCK({LOCK}, 3600)"))
        try:
            yield client
        finally:
            await session.run(session.step(f"SELECT RELEASE_LOCK({LOCK})"))
