"""The errors of SQLite as those that Tortoise's users know."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager

from tortoise.exceptions import DBConnectionError, IntegrityError

from app.core.database.file import is_outage


@contextmanager
def driver_errors() -> Generator[None]:
    """Translate the driver's errors into those that Tortoise's users know."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise IntegrityError(error) from error
    except sqlite3.DatabaseError as error:
        if not is_outage(error):
            raise
        raise DBConnectionError(str(error)) from error
