"""What the errors of asyncmy mean."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import asyncmy.errors
from tortoise.exceptions import DBConnectionError, IntegrityError

# the server's and the driver's numbers of errors
OUTAGES: Final = {
    *(2002, 2003, 2006, 2013),  # not reached, or lost
    *(1044, 1045, 1049),  # refused
    *(1040, 1203, 1226),  # too many connections
    *(1053, 1927, 4031),  # closed by the server
    *(1205, 1213, 1969, 3024),  # another transaction, or the statement, took too long
}


@contextmanager
def driver_errors() -> Generator[None]:
    """Tell an unreachable server from a wrong query."""
    try:
        yield
    except asyncmy.errors.IntegrityError as error:
        raise IntegrityError(error) from error
    except (OSError, asyncmy.errors.MySQLError) as error:
        if isinstance(error, OSError | asyncmy.errors.InterfaceError) or number(error) in OUTAGES:
            raise DBConnectionError(str(error) or "no answer in time") from error
        raise


def number(error: BaseException | None) -> int:
    """Read the number of an error of the server or the driver; 0 where there is none."""
    if isinstance(error, asyncmy.errors.MySQLError) and error.args:
        return int(error.args[0])
    return 0
