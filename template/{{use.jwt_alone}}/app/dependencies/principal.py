"""Whoever the access token belongs to."""

from typing import Annotated, Final

from fastapi import Depends

from app.core.security.tokens import Claims
from app.dependencies.database import SessionDep
from app.dependencies.sessions import SCHEME, get_claims, session_service
from app.schemas.principal import Principal

credentials: Final = SCHEME
"""What the documentation says that a client shows."""


async def get_principal(
    claims: Annotated[Claims, Depends(get_claims)], session: SessionDep
) -> Principal:
    """Take a user whose session has not ended."""
    return await session_service(session).principal_of(claims)
