"""Whoever the key belongs to."""

from typing import Annotated, Final

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.security.access import UnauthenticatedError
from app.core.security.keys import Key, parse_key
from app.dependencies.api_key import SCHEME
from app.dependencies.keys import KeyServiceDep
from app.schemas.principal import Principal

credentials: Final = SCHEME
"""What the documentation says that a client shows."""


async def get_shown_key(connection: HTTPConnection) -> Key:
    """Refuse what is no key before anything is opened for the request.

    It asks the scheme by itself: FastAPI runs what depends on one again for each other list of
    permissions.
    """
    key = await SCHEME(connection)
    if key is None:
        raise UnauthenticatedError("Send a key as X-API-Key.")
    return parse_key(key)


async def get_principal(
    key: Annotated[Key, Depends(get_shown_key)], keys: KeyServiceDep
) -> Principal:
    """Take the owner of a key that is valid."""
    return await keys.principal_of(key)
