"""How Alembic reaches the database: with the service's own settings and engine."""

import asyncio
import logging
from functools import partial

from alembic import context
from alembic.util import CommandError
from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from app.config.database import DatabaseSettings
from app.config.log import LogSettings
from app.config.settings import load_section
from app.core.database.engine import create_engine, lock_migrations
from app.core.database.session import database_errors, open_database
from app.core.errors import AppError
from app.core.logging import configure_logging
from migrations.defaults import default_differs
from migrations.dialect import QUIET, extend
from migrations.revision import nothing_unless_changed
from migrations.tables import is_ours, names, plain_tables
from migrations.trouble import explain

given = context.config.attributes
settings: DatabaseSettings = given.get("database") or load_section(DatabaseSettings)
logged: LogSettings = given.get("log") or load_section(LogSettings)


def run_migrations(connection: Connection) -> None:
    """Migrate in one transaction where the database can."""
    tables = plain_tables(connection.dialect)
    known = names(tables)
    extend(known)
    context.configure(
        connection=connection,
        target_metadata=tables,
        include_name=partial(is_ours, known),
        compare_type=True,
        compare_server_default=default_differs,
        autogenerate_plugins=["alembic.autogenerate.*", "alembic.ext.checkconstraint_byname"],
        process_revision_directives=nothing_unless_changed,
        # a database that cannot alter a table gets a copy of it instead
        render_as_batch=not connection.dialect.supports_alter,
    )
    with context.begin_transaction(), lock_migrations(connection):
        context.run_migrations()


async def migrate_online() -> None:
    """Migrate over one connection."""
    async with open_database(settings.for_migrations()) as database:
        with database_errors():
            async with database.engine.connect() as connection:
                await connection.run_sync(run_migrations)
                await connection.commit()


def migrate_offline() -> None:
    """Print the SQL instead of running it."""
    dialect = create_engine(settings.for_migrations()).dialect
    context.configure(
        dialect_name=dialect.name, target_metadata=plain_tables(dialect), literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    migrate_offline()
else:
    configure_logging(logged)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        asyncio.run(migrate_online())
    except (AppError, SQLAlchemyError) as error:
        raise CommandError(explain(error)) from error
