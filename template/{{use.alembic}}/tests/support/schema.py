"""A schema that is not the one the code knows."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from app.core.database.session import Database, transaction
from tests.support.database import execute


@asynccontextmanager
async def stamped(database: Database, revision: str | None) -> AsyncGenerator[None]:
    """Meanwhile let the database say that it is at ``revision``; None is before the first."""
    before = await stamp(database, revision)
    try:
        yield
    finally:
        await stamp(database, before)


async def stamp(database: Database, revision: str | None) -> str | None:
    """Write down another revision and return the one before."""
    async with transaction(database) as session:
        rows = await execute(session, "SELECT version_num FROM alembic_version")
        await execute(session, "DELETE FROM alembic_version")
        if revision is not None:
            await execute(session, f"INSERT INTO alembic_version VALUES ('{revision}')")  # noqa: S608
    return str(rows[0][0]) if rows else None
