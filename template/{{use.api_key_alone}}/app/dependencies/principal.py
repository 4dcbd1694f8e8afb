"""Whoever the key belongs to."""

from typing import Annotated

from fastapi import Depends

from app.core.access import UnauthenticatedError
from app.dependencies.api_key import KeyDep, KeyServiceDep
from app.schemas.principal import Principal


async def get_shown_key(key: KeyDep) -> str:
    """Miss the key before anything is opened for the request."""
    if key is None:
        raise UnauthenticatedError("Send a key as X-API-Key.")
    return key


async def get_principal(
    key: Annotated[str, Depends(get_shown_key)], keys: KeyServiceDep
) -> Principal:
    """Take the owner of a key that is valid."""
    return await keys.principal_of(key)
