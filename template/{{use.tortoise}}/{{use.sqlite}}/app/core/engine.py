"""SQLite, as Tortoise is told of it."""

import sqlite3
from typing import Final

from tortoise.exceptions import IntegrityError

from app.core.sqlite import Client, Session

__all__ = ["Client", "Session", "client_class", "conflict_code"]

CONFLICTS: Final = {
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: "reference_violation",
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: "already_exists",
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: "already_exists",
}

client_class: Final = Client


def conflict_code(error: IntegrityError) -> str:
    """Map SQLite's extended error code to a stable code."""
    return CONFLICTS.get(getattr(error.__cause__, "sqlite_errorcode", 0), "conflict")
