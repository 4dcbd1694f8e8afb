"""Whose a key is."""

from starlette.requests import HTTPConnection

from app.core.database.session import transaction
from app.core.errors import AppError
from app.core.lifespan import state_of
from app.core.security.keys import parse_key
from app.services.key import KeyService


async def owner_of_key(connection: HTTPConnection, key: str) -> str | None:
    """Look the key up; while the database is away, nobody is known."""
    try:
        parsed = parse_key(key)
        async with transaction(state_of(connection)["database"]) as session:
            return (await KeyService(session, unused).principal_of(parsed)).subject
    except AppError:
        return None


def unused(_: int) -> None:
    """It is the route that uses the key."""
