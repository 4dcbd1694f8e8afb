"""Who makes and ends keys."""

from typing import Annotated

from fastapi import Depends

from app.core.security.access import ForbiddenError
from app.dependencies.auth import CurrentPrincipal
from app.dependencies.sessions import TokenDep
from app.schemas.principal import Principal


async def get_key_maker(principal: CurrentPrincipal, token: TokenDep) -> Principal:
    """Want an access token: a key that has leaked must not make more of them (API2:2023)."""
    if token is None:
        raise ForbiddenError("Sign in to do this: a key does not suffice.", code="session_required")
    return principal


KeyMaker = Annotated[Principal, Depends(get_key_maker)]
