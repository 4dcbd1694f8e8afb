"""Apply the migrations that the database is missing: `python -m migrations.upgrade`."""

import asyncio
import sys
from copy import copy

import structlog
from tortoise.exceptions import BaseORMException
from tortoise.migrations.executor import MigrationExecutor

from app.config.database import DatabaseSettings
from app.config.log import LogSettings
from app.config.settings import load_section
from app.core.database.engine import migration_lock
from app.core.database.session import database_errors, open_database, orm_config
from app.core.errors import AppError, ConflictError
from app.core.logging import configure_logging

log = structlog.stdlib.get_logger()


async def upgrade(settings: DatabaseSettings) -> None:
    """Apply them in their order; another process that came for the same waits, and finds none."""
    apps = orm_config(settings).to_dict()["apps"]
    async with open_database(settings.for_migrations()) as database:
        with database_errors(), copy(database.context):
            async with migration_lock(database.client) as client:
                executor = MigrationExecutor(client, apps)
                if await executor.plan():
                    await executor.migrate(direction="forward", progress=report)


def report(event: str, _: str, name: str) -> None:
    """Log each that was applied."""
    if event == "apply_done":
        log.info("migrated", migration=name)


def main() -> None:
    """Say in one sentence what the database does not do."""
    configure_logging(load_section(LogSettings))
    try:
        asyncio.run(upgrade(load_section(DatabaseSettings)))
    except (AppError, BaseORMException) as error:
        sys.exit(str(error.__cause__ if isinstance(error, ConflictError) else error))


if __name__ == "__main__":
    main()
