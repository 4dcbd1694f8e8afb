"""A schema that is not the one the code knows."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from app.core.database.session import Database, transaction
from tests.support.database import execute


@asynccontextmanager
async def stamped(database: Database, revision: str | None) -> AsyncGenerator[None]:
    """Meanwhile let the database say that it has ``revision``, too; None: not even the first."""
    there, back = add(revision) if revision else rename("models", "hidden")
    await run(database, there)
    try:
        yield
    finally:
        await run(database, back)


def add(revision: str) -> tuple[str, str]:
    """Write a migration down, and take it back."""
    values = f"('models', '{revision}', CURRENT_TIMESTAMP)"
    return (
        f"INSERT INTO tortoise_migrations (app, name, applied_at) VALUES {values}",  # noqa: S608
        f"DELETE FROM tortoise_migrations WHERE name = '{revision}'",  # noqa: S608
    )


def rename(app: str, other: str) -> tuple[str, str]:
    """Let all be the migrations of another app, and take it back."""
    update = "UPDATE tortoise_migrations SET app = '{}' WHERE app = '{}'"
    return update.format(other, app), update.format(app, other)


async def run(database: Database, statement: str) -> None:
    """Run plain SQL in a transaction of its own."""
    async with transaction(database) as session:
        await execute(session, statement)
