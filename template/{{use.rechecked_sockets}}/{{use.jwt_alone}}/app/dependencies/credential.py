"""What a socket was opened with, and who that is now."""

from typing import Annotated

from fastapi import Depends

from app.core.database.session import Session
from app.core.security.tokens import Claims
from app.dependencies.sessions import get_claims, session_service
from app.schemas.principal import Principal

ShownDep = Annotated[Claims, Depends(get_claims)]


async def principal_of(session: Session, shown: Claims) -> Principal:
    """Take the user of the session, or raise UnauthenticatedError."""
    return await session_service(session).principal_of(shown)
