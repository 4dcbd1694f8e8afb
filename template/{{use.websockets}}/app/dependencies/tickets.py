"""Tickets, for what routes ask for."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.lifespan import State, state_of
from app.core.live.tickets import Tickets


def tickets_of(state: State) -> Tickets:
    """Keep them where all processes find them."""
    settings = state["settings"]
    return Tickets(state["redis"], settings.redis, settings.sockets.ticket_ttl)


async def get_tickets(connection: HTTPConnection) -> Tickets:
    """Give them to routes."""
    return tickets_of(state_of(connection))


TicketsDep = Annotated[Tickets, Depends(get_tickets)]
