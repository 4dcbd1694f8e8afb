"""Whoever the access token or the key belongs to."""

from typing import Annotated

from fastapi import Depends

from app.core.security.access import UnauthenticatedError
from app.core.security.keys import Key, parse_key
from app.core.security.tokens import Claims
from app.dependencies.api_key import SCHEME as KEY_SCHEME
from app.dependencies.api_key import KeyDep
from app.dependencies.keys import KeyServiceDep
from app.dependencies.sessions import SCHEME as TOKEN_SCHEME
from app.dependencies.sessions import SessionServiceDep, TokenDep, TokensDep
from app.schemas.principal import Principal


async def get_credential(token: TokenDep, key: KeyDep, tokens: TokensDep) -> Claims | Key:
    """Read the access token, else the key, before anything is opened for the request."""
    if token is not None:
        return tokens.read_access(token)
    if key is None:
        raise UnauthenticatedError("Send an access token, or a key as X-API-Key.")
    return parse_key(key)


async def get_principal(
    credential: Annotated[Claims | Key, Depends(get_credential)],
    sessions: SessionServiceDep,
    keys: KeyServiceDep,
) -> Principal:
    """Take a user whose session has not ended, or the owner of a key that is valid."""
    if isinstance(credential, Claims):
        return await sessions.principal_of(credential)
    return await keys.principal_of(credential)


async def document_credentials(
    _token: Annotated[str | None, Depends(TOKEN_SCHEME)],
    _key: Annotated[str | None, Depends(KEY_SCHEME)],
) -> None:
    """Name both schemes in the documentation of a route."""
