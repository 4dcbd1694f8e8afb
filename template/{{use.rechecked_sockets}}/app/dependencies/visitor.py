"""Who opens a socket, and what they may hear."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.live.listener import Hearer
from app.dependencies.auth import CurrentPrincipal
from app.dependencies.credential import ShownDep
from app.dependencies.hearer import REFUSALS, hearer_named
from app.schemas.sockets.visitor import Visitor

__all__ = ["REFUSALS", "VisitorDep", "hearer_of"]


async def get_visitor(principal: CurrentPrincipal, shown: ShownDep) -> Visitor:
    """Take whoever asks, and remember by what they were known."""
    return Visitor(name=principal.subject, permissions=principal.permissions, credential=shown)


async def hearer_of(visitor: Visitor, _: HTTPConnection) -> Hearer:
    """Let them hear what is said to them, and to all."""
    return hearer_named(visitor.name)


VisitorDep = Annotated[Visitor, Depends(get_visitor)]
