"""Who opens a socket, and what they may hear."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.live.listener import Hearer
from app.dependencies.auth import CurrentPrincipal
from app.dependencies.hearer import REFUSALS, hearer_named
from app.schemas.sockets.visitor import Visitor

__all__ = ["REFUSALS", "VisitorDep", "hearer_of"]


async def get_visitor(principal: CurrentPrincipal) -> Visitor:
    """Take the owner of the key."""
    return Visitor(name=principal.subject, permissions=principal.permissions)


async def hearer_of(visitor: Visitor, _: HTTPConnection) -> Hearer:
    """Let them hear what is said to them, and to all."""
    return hearer_named(visitor.name)


VisitorDep = Annotated[Visitor, Depends(get_visitor)]
