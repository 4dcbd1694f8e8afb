"""Whoever the key belongs to."""

from typing import Annotated

from fastapi import Depends

from app.core.security.access import UnauthenticatedError
from app.core.security.keys import Key, parse_key
from app.dependencies.api_key import SCHEME, KeyDep
from app.dependencies.keys import KeyServiceDep
from app.schemas.principal import Principal


async def get_shown_key(key: KeyDep) -> Key:
    """Refuse what is no key before anything is opened for the request."""
    if key is None:
        raise UnauthenticatedError("Send a key as X-API-Key.")
    return parse_key(key)


async def get_principal(
    key: Annotated[Key, Depends(get_shown_key)], keys: KeyServiceDep
) -> Principal:
    """Take the owner of a key that is valid."""
    return await keys.principal_of(key)


async def document_credentials(_: Annotated[str | None, Depends(SCHEME)]) -> None:
    """Name the scheme in the documentation of a route."""
