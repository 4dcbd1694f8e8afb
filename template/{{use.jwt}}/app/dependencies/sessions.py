"""Sessions, and the user whose session it is, within the request's transaction."""

from typing import Annotated

from fastapi import Depends

from app.dependencies.bearer import ClaimsDep
from app.dependencies.database import SessionDep
from app.models.accounts.user import User
from app.repositories.accounts.user_session import UserSessionRepository
from app.services.accounts.session import SessionService


async def get_session_service(session: SessionDep) -> SessionService:
    """Put the layers together."""
    return SessionService(UserSessionRepository(session))


SessionServiceDep = Annotated[SessionService, Depends(get_session_service)]


async def get_current_user(claims: ClaimsDep, sessions: SessionServiceDep) -> User:
    """Take a user whose session has not ended."""
    return await sessions.user_of(claims)


CurrentUser = Annotated[User, Depends(get_current_user)]
