"""The schema of this machine's database."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def migrated_schema() -> Generator[None]:
    """Apply the migrations that are missing."""
    try:
        asyncio.run(migrate())
    except Exception as error:  # noqa: BLE001 - a migration can do anything
        reason = str(error).partition("\n")[0]
        raise SystemExit(
            f"The migrations failed, `make migrate` shows where: {type(error).__name__}: {reason}"
        ) from None
    yield


async def migrate() -> None:
    """Do what `make migrate` does."""
    from tortoise.context import TortoiseContext
    from tortoise.migrations.api import migrate

    from app.config.settings import load_settings
    from app.core.database import orm_config

    async with TortoiseContext():
        await migrate(config=orm_config(load_settings().database))
