"""Whose a key is."""

from starlette.requests import HTTPConnection

from app.core.security.access import UnauthenticatedError
from app.core.security.keys import parse_key
from app.dependencies.keys import get_key_service


async def owner_of_key(connection: HTTPConnection, key: str) -> str | None:
    """Look the key up in the settings."""
    keys = await get_key_service(connection)
    try:
        return (await keys.principal_of(parse_key(key))).subject
    except UnauthenticatedError:
        return None
