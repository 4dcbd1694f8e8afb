"""/me."""

from fastapi import APIRouter

from app.api.errors import problems
from app.core.security.access import UnauthenticatedError
from app.dependencies.auth import CurrentPrincipal
from app.schemas.principal import Principal, PrincipalRead

router = APIRouter(prefix="/me", tags=["principal"])


@router.get("", response_model=PrincipalRead, responses=problems(UnauthenticatedError))
async def read_principal(principal: CurrentPrincipal) -> Principal:
    """Say who asks, and what they may do."""
    return principal
