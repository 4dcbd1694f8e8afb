"""The schema of this machine's database."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def migrated_schema() -> Generator[None]:
    """Apply the migrations that are missing."""
    from app.config.database import DatabaseSettings
    from app.config.settings import load_section
    from migrations.upgrade import upgrade

    try:
        asyncio.run(upgrade(load_section(DatabaseSettings)))
    except Exception as error:  # noqa: BLE001 - a migration can do anything
        reason = str(error).partition("\n")[0]
        raise SystemExit(
            f"The migrations failed, `make migrate` shows where: {type(error).__name__}: {reason}"
        ) from None
    yield
