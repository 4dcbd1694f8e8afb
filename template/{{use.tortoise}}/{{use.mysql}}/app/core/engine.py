"""MySQL, as Tortoise is told of it."""

from typing import Final

from tortoise.exceptions import IntegrityError

from app.core.mysql import Client, Session
from app.core.mysql_errors import number

__all__ = ["Client", "Session", "client_class", "conflict_code"]

CONFLICTS: Final = {
    1062: "already_exists",
    1451: "reference_violation",
    1452: "reference_violation",
}

client_class: Final = Client


def conflict_code(error: IntegrityError) -> str:
    """Map the server's number to a stable code."""
    return CONFLICTS.get(number(error.__cause__), "conflict")
