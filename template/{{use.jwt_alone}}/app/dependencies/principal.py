"""Whoever the access token belongs to."""

from typing import Annotated

from fastapi import Depends

from app.core.security.tokens import Claims
from app.dependencies.sessions import SCHEME, SessionServiceDep, get_claims
from app.schemas.principal import Principal


async def get_principal(
    claims: Annotated[Claims, Depends(get_claims)], sessions: SessionServiceDep
) -> Principal:
    """Take a user whose session has not ended."""
    return await sessions.principal_of(claims)


async def document_credentials(_: Annotated[str | None, Depends(SCHEME)]) -> None:
    """Name the scheme in the documentation of a route."""
