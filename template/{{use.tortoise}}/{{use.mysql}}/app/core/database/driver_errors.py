"""The errors of asyncmy as those that Tortoise's users know."""

from collections.abc import Generator
from contextlib import contextmanager

import asyncmy.errors
from tortoise.exceptions import DBConnectionError, IntegrityError

from app.core.database.mysql_errors import is_outage


@contextmanager
def driver_errors() -> Generator[None]:
    """Tell an unreachable server from a wrong query."""
    try:
        yield
    except asyncmy.errors.IntegrityError as error:
        raise IntegrityError(error) from error
    except (OSError, asyncmy.errors.MySQLError) as error:
        if isinstance(error, OSError) or is_outage(error):
            raise DBConnectionError(str(error) or "no answer in time") from error
        raise
