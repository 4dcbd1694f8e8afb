"""Tickets."""

from pydantic import BaseModel


class TicketRead(BaseModel):
    """What opens one socket, once."""

    ticket: str
    expires_in: int
