"""Who listens, and what they may hear."""

from typing import Annotated, Final

from fastapi import Depends

from app.core.live.event import PUBLIC, own
from app.core.live.listener import Hearer
from app.core.security.access import UnauthenticatedError
from app.dependencies.auth import CurrentPrincipal

REFUSALS: Final = (UnauthenticatedError,)


async def get_hearer(principal: CurrentPrincipal) -> Hearer:
    """Let principals hear what is said to them, and to all."""
    return Hearer(principal.subject, frozenset({PUBLIC, own(principal.subject)}))


HearerDep = Annotated[Hearer, Depends(get_hearer)]
