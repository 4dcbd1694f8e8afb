"""Where the schema stands against the code."""

import asyncio
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Final

from tortoise.exceptions import OperationalError

from app.core.database.session import APP, Database, Session, fetch, probe

MIGRATIONS: Final = Path(__file__).parents[3] / "migrations" / "versions"


class SchemaState(Enum):
    """Behind: migrations are missing. Ahead: migrated by newer code than this."""

    CURRENT = auto()
    BEHIND = auto()
    AHEAD = auto()


async def schema_state(database: Database) -> SchemaState:
    """Compare the migrations that the database has with those that this code knows."""
    known = await asyncio.to_thread(known_migrations)
    async with probe(database) as session:
        applied = await applied_migrations(session)
    if applied == known:
        return SchemaState.CURRENT
    return SchemaState.AHEAD if applied > known else SchemaState.BEHIND


@cache
def known_migrations() -> frozenset[str]:
    """Name the migrations, once: they do not change while this runs."""
    return frozenset(path.stem for path in MIGRATIONS.glob("[0-9]*.py"))


async def applied_migrations(session: Session) -> frozenset[str]:
    """Read what the database was migrated by: nothing before the first."""
    try:
        rows = await fetch(session, f"SELECT name FROM tortoise_migrations WHERE app = '{APP}'")  # noqa: S608
    except OperationalError:  # there is no such table
        return frozenset()
    return frozenset(str(row["name"]) for row in rows)
