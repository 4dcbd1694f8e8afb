"""Where the schema stands against the code."""

import asyncio
import logging
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from app.core.database.session import Database, probe

MIGRATIONS: Final = Path(__file__).parents[3] / "migrations"


class SchemaState(Enum):
    """Behind: migrations are missing. Ahead: migrated by newer code than this."""

    CURRENT = auto()
    BEHIND = auto()
    AHEAD = auto()


async def schema_state(database: Database) -> SchemaState:
    """Compare the database's revision with the migrations that this code knows."""
    head, known = await asyncio.to_thread(revisions)
    async with probe(database) as connection:
        current = await connection.run_sync(current_revision)
    if current == head:
        return SchemaState.CURRENT
    return SchemaState.BEHIND if current is None or current in known else SchemaState.AHEAD


@cache
def revisions() -> tuple[str | None, frozenset[str]]:
    """Read the newest revision and all known ones, once: they do not change while this runs."""
    logging.getLogger("alembic").setLevel(logging.WARNING)  # it announces itself to the log
    from alembic.script import ScriptDirectory  # heavy, and only a probe needs it

    scripts = ScriptDirectory(str(MIGRATIONS))
    known = frozenset(script.revision for script in scripts.walk_revisions())
    return scripts.get_current_head(), known


def current_revision(connection: Connection) -> str | None:
    """Read the revision that the database was migrated to; None before the first."""
    from alembic.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision()
