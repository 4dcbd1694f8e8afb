"""What the errors of asyncmy mean."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import asyncmy.errors

LOST: Final = 2013

# asks whether the server refuses changes, as a replica does; servers differ in what they call it
REFUSES_CHANGES: Final = (
    "SELECT CONCAT(@@global.read_only) NOT IN ('0', 'OFF')"
    " OR CONCAT(@@global.innodb_read_only) NOT IN ('0', 'OFF')"
)

# the server, its storage or the transaction only reads
READ_ONLY: Final = {1290, 1836, 1792}

# ended for the sake of another transaction
ABORTED: Final = {1020, 1213}

# the server's and the driver's numbers of errors
OUTAGES: Final = {
    *(2002, 2003, 2006, LOST),  # not reached, or lost
    *(1044, 1045, 1049),  # refused
    *(1040, 1203, 1226),  # too many connections
    *(1021, 1037, 1041, 1114, 1206),  # no room on the disk, in memory or for locks
    *(1047, 1053, 1927, 4031),  # closed by the server, or not yet a part of its cluster
    *(1205, 1317, 1969, 3024, 3572),  # another transaction, or the statement, took too long
    *READ_ONLY,
    *ABORTED,
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


def is_aborted(error: BaseException | None) -> bool:
    """Tell a transaction that may succeed when it is tried again."""
    return number(error) in ABORTED


def is_read_only(error: BaseException | None) -> bool:
    """Tell a connection that is good for reading only, as a failover leaves it behind."""
    return number(error) in READ_ONLY


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
