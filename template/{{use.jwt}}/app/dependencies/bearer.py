"""The access token of a request."""

from typing import Annotated, Final

from fastapi import Depends
from fastapi.security import OAuth2PasswordBearer
from starlette.requests import HTTPConnection

from app.core.access import UnauthenticatedError
from app.core.lifespan import state_of
from app.core.tokens import Claims, Tokens
from app.schemas.permissions.base import permissions

SCHEME: Final = OAuth2PasswordBearer(
    tokenUrl="/api/v1/auth/login",
    auto_error=False,
    scopes={permission.value: permission.description for permission in permissions()},
)


async def get_tokens(connection: HTTPConnection) -> Tokens:
    """Find what reads tokens in the running service's state."""
    return state_of(connection)["tokens"]


TokensDep = Annotated[Tokens, Depends(get_tokens)]
TokenDep = Annotated[str | None, Depends(SCHEME)]


async def get_claims(token: TokenDep, tokens: TokensDep) -> Claims:
    """Read the access token, before anything is opened for the request."""
    if token is None:
        raise UnauthenticatedError("Send an access token.")
    return tokens.read_access(token)


ClaimsDep = Annotated[Claims, Depends(get_claims)]
