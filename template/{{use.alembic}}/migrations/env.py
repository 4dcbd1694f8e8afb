"""How Alembic reaches the database: with the service's own settings and engine."""

import asyncio
import logging

from alembic import context
from alembic.util import CommandError
from sqlalchemy import Connection, Dialect, MetaData
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.config.settings import Settings, load_settings
from app.core.database.engine import create_engine, lock_migrations
from app.core.database.session import database_errors, open_database
from app.core.errors import UnavailableError
from app.core.logging import configure_logging
from app.models.base import Base

settings: Settings = context.config.attributes.get("settings") or load_settings()


def plain_tables(dialect: Dialect) -> MetaData:
    """Copy the tables with SQLAlchemy's own types: a migration imports nothing that may move."""
    tables = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        for column in table.to_metadata(tables).columns:
            column.type = plain_type(column.type, dialect)
    return tables


def plain_type(kind: TypeEngine[object], dialect: Dialect) -> TypeEngine[object]:
    """Find what is behind a type of the service or of a library."""
    if is_plain(kind) or not isinstance(kind, TypeDecorator):
        return kind
    implementation: TypeEngine[object] = kind.load_dialect_impl(dialect)
    return implementation if is_plain(implementation) else implementation.as_generic()


def is_plain(kind: object) -> bool:
    """Whether SQLAlchemy itself has it."""
    return type(kind).__module__.startswith("sqlalchemy.")


def run_migrations(connection: Connection) -> None:
    """Migrate in one transaction where the database can."""
    context.configure(
        connection=connection,
        target_metadata=plain_tables(connection.dialect),
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
