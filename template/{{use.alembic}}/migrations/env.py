"""How Alembic reaches the database: with the service's own settings and engine."""

import asyncio
import logging
from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.config.settings import Settings, load_settings
from app.core.database import database_errors, open_database
from app.core.engine import create_engine, lock_migrations
from app.core.errors import UnavailableError
from app.core.logging import configure_logging
from app.models import Base

settings: Settings = context.config.attributes.get("settings") or load_settings()


def render_plain_type(kind: str, item: object, making: AutogenContext) -> str | Literal[False]:
    """Write the service's types as SQLAlchemy's: a migration imports nothing that may move."""
    if kind != "type" or is_plain(item) or not isinstance(item, TypeDecorator):
        return False
    own: TypeEngine[object] = item.load_dialect_impl(making.migration_context.dialect)
    plain = own if is_plain(own) else own.as_generic()
    match type(plain).__module__.split("."):
        case ["sqlalchemy", "dialects", dialect, *_]:
            making.imports.add(f"from sqlalchemy.dialects import {dialect}")
            return f"{dialect}.{plain!r}"
        case _:
            return f"sa.{plain!r}"


def is_plain(item: object) -> bool:
    """Whether it is SQLAlchemy's own."""
    return type(item).__module__.startswith("sqlalchemy.")


def run_migrations(connection: Connection) -> None:
    """Migrate in one transaction where the database can."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_item=render_plain_type,
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
