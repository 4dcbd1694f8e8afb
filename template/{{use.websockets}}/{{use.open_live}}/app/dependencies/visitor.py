"""Who opens a socket, and what they may hear."""

from secrets import token_hex
from typing import Annotated, Final

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.errors import AppError
from app.core.live.listener import Hearer
from app.dependencies.hearer import get_hearer
from app.schemas.sockets.visitor import Visitor

REFUSALS: Final[tuple[type[AppError], ...]] = ()


async def get_visitor() -> Visitor:
    """Make a name up, for whoever it is."""
    return Visitor(name=f"guest-{token_hex(4)}")


async def hearer_of(_: Visitor, connection: HTTPConnection) -> Hearer:
    """Let anybody hear what is said to all."""
    return await get_hearer(connection)


VisitorDep = Annotated[Visitor, Depends(get_visitor)]
