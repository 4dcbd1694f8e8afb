"""How Alembic reaches the database: with the service's own settings and engine."""

import asyncio
import logging

from alembic import context
from alembic.util import CommandError
from sqlalchemy import Connection

from app.config.settings import Settings, load_settings
from app.core.database import database_errors, open_database
from app.core.engine import create_engine, lock_migrations
from app.core.errors import UnavailableError
from app.core.logging import configure_logging
from app.models.base import Base

settings: Settings = context.config.attributes.get("settings") or load_settings()


def run_migrations(connection: Connection) -> None:
    """Migrate in one transaction where the database can."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        # a database that cannot alter a table gets a copy of it instead
        render_as_batch=not connection.dialect.supports_alter,
    )
    with context.begin_transaction():
        lock_migrations(connection)
        context.run_migrations()


async def migrate_online() -> None:
    """Migrate over one connection."""
    async with open_database(settings.database) as database:
        with database_errors():
            async with database.engine.connect() as connection:
                await connection.run_sync(run_migrations)
                await connection.commit()


def migrate_offline() -> None:
    """Print the SQL instead of running it."""
    dialect = create_engine(settings.database).dialect
    context.configure(dialect_name=dialect.name, target_metadata=Base.metadata, literal_binds=True)
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    migrate_offline()
else:
    configure_logging(settings.log)
    logging.getLogger("alembic.runtime.plugins").setLevel(logging.WARNING)  # one line for each part
    try:
        asyncio.run(migrate_online())
    except UnavailableError as error:
        raise CommandError(str(error)) from error
