"""Whoever the access token belongs to."""

from app.dependencies.sessions import ClaimsDep, SessionServiceDep
from app.schemas.principal import Principal


async def get_principal(claims: ClaimsDep, sessions: SessionServiceDep) -> Principal:
    """Take a user whose session has not ended."""
    return await sessions.principal_of(claims)
