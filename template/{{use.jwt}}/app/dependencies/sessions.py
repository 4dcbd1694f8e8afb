"""The access token of a request, and the session and the user that it stands for."""

from typing import Annotated, Final

from fastapi import Depends
from fastapi.security import OAuth2PasswordBearer
from starlette.requests import HTTPConnection

from app.core.database.session import Session
from app.core.lifespan import state_of
from app.core.security.access import UnauthenticatedError
from app.core.security.tokens import Claims
from app.dependencies.database import SessionDep
from app.models.accounts.user import User
from app.repositories.accounts.user_session import UserSessionRepository
from app.schemas.permissions.base import permissions
from app.services.accounts.session import SessionService

SCHEME: Final = OAuth2PasswordBearer(
    tokenUrl="/api/v1/auth/login",
    auto_error=False,
    scopes={permission.value: permission.description for permission in permissions()},
)


TokenDep = Annotated[str | None, Depends(SCHEME)]


async def get_claims(connection: HTTPConnection) -> Claims:
    """Read the access token, before anything is opened for the request.

    It asks the scheme by itself: FastAPI runs what depends on one again for each other list of
    permissions.
    """
    token = await SCHEME(connection)
    if token is None:
        raise UnauthenticatedError("Send an access token.")
    return state_of(connection)["tokens"].read_access(token)


async def get_documented_claims(
    claims: Annotated[Claims, Depends(get_claims)], _: TokenDep
) -> Claims:
    """Name the scheme in the documentation of the route."""
    return claims


ClaimsDep = Annotated[Claims, Depends(get_documented_claims)]


def session_service(session: Session) -> SessionService:
    """Put the layers together, within the request's transaction."""
    return SessionService(UserSessionRepository(session))


async def get_session_service(session: SessionDep) -> SessionService:
    """Give it to routes."""
    return session_service(session)


SessionServiceDep = Annotated[SessionService, Depends(get_session_service)]


async def get_current_user(claims: ClaimsDep, sessions: SessionServiceDep) -> User:
    """Take a user whose session has not ended."""
    return await sessions.user_of(claims)


CurrentUser = Annotated[User, Depends(get_current_user)]
