"""What the errors of asyncmy mean."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import asyncmy.errors

LOST: Final = 2013

# the server's and the driver's numbers of errors
OUTAGES: Final = {
    *(2002, 2003, 2006, LOST),  # not reached, or lost
    *(1044, 1045, 1049),  # refused
    *(1040, 1203, 1226),  # too many connections
    *(1053, 1927, 4031),  # closed by the server
    *(1205, 1213, 1969, 3024),  # another transaction, or the statement, took too long
}

CONFLICTS: Final = {
    1062: "already_exists",
    1216: "reference_violation",
    1217: "reference_violation",
    1451: "reference_violation",
    1452: "reference_violation",
}


def is_outage(error: BaseException | None) -> bool:
    """Tell an unreachable server from a wrong query."""
    return isinstance(error, asyncmy.errors.InterfaceError) or number(error) in OUTAGES


def code_of(error: BaseException | None) -> str:
    """Map a violated constraint to a stable code."""
    return CONFLICTS.get(number(error), "conflict")


def number(error: BaseException | None) -> int:
    """Read the number of an error of the server or the driver; 0 where there is none."""
    if isinstance(error, asyncmy.errors.MySQLError) and error.args:
        return int(error.args[0])
    return 0


@contextmanager
def hang_up() -> Generator[None]:
    """Claim that the server closes a new connection at once: uvloop has its own error for it."""
    try:
        yield
    except RuntimeError as error:
        raise asyncmy.errors.OperationalError(LOST, str(error)) from error
