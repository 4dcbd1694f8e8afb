"""Who listens, and what they may hear."""

from typing import Annotated, Final

from fastapi import Depends

from app.core.live.event import PUBLIC, own
from app.core.live.listener import Hearer
from app.core.security.access import UnauthenticatedError
from app.dependencies.auth import CurrentPrincipal

REFUSALS: Final = (UnauthenticatedError,)


def hearer_named(subject: str) -> Hearer:
    """Let a principal hear what is said to it, and to all."""
    return Hearer(subject, frozenset({PUBLIC, own(subject)}))


async def get_hearer(principal: CurrentPrincipal) -> Hearer:
    """Take whoever asks."""
    return hearer_named(principal.subject)


HearerDep = Annotated[Hearer, Depends(get_hearer)]
