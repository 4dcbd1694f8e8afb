"""Whoever the access token or the key belongs to."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.core.security.access import UnauthenticatedError
from app.core.security.keys import Key, parse_key
from app.core.security.tokens import Claims
from app.dependencies.api_key import SCHEME as KEY_SCHEME
from app.dependencies.api_key import KeyDep
from app.dependencies.database import SessionDep
from app.dependencies.keys import KeyServiceDep
from app.dependencies.sessions import SCHEME as TOKEN_SCHEME
from app.dependencies.sessions import TokenDep, session_service
from app.schemas.principal import Principal


async def credentials(_token: TokenDep, _key: KeyDep) -> None:
    """Name in the documentation what a client shows: one of both."""


async def get_credential(connection: HTTPConnection) -> Claims | Key:
    """Read the access token, else the key, before anything is opened for the request.

    It asks the schemes by itself: FastAPI runs what depends on one again for each other list of
    permissions.
    """
    token = await TOKEN_SCHEME(connection)
    if token is not None:
        return state_of(connection)["tokens"].read_access(token)
    key = await KEY_SCHEME(connection)
    if key is None:
        raise UnauthenticatedError("Send an access token, or a key as X-API-Key.")
    return parse_key(key)


async def get_principal(
    credential: Annotated[Claims | Key, Depends(get_credential)],
    session: SessionDep,
    keys: KeyServiceDep,
) -> Principal:
    """Take a user whose session has not ended, or the owner of a key that is valid."""
    if isinstance(credential, Claims):
        return await session_service(session).principal_of(credential)
    return await keys.principal_of(credential)
