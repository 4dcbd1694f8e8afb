"""WebSockets: how they begin, how long they last, and how much of everything each may have."""

from datetime import timedelta
from typing import Final

from pydantic import Field

from app.config.section import Seconds, Section

LARGEST: Final = 16_384
"""Bytes of a message that the server takes at all: it closes with 1009 on a larger one."""


class SocketSettings(Section):
    """Tickets, and the limits of each socket."""

    ticket_ttl: Seconds = Field(
        default=timedelta(seconds=30),
        ge=timedelta(seconds=1),
        le=timedelta(minutes=5),
        validation_alias="SOCKET_TICKET_TTL",
    )
    lifetime: Seconds = Field(
        default=timedelta(hours=1),
        gt=timedelta(0),
        le=timedelta(days=1),
        validation_alias="SOCKET_LIFETIME",
    )
    max_size: int = Field(default=4096, ge=64, le=LARGEST, validation_alias="SOCKET_MAX_SIZE")
    rate: float = Field(default=10, gt=0, le=1000, validation_alias="SOCKET_RATE")
    burst: int = Field(default=30, ge=1, le=10_000, validation_alias="SOCKET_BURST")
    rooms: int = Field(default=20, ge=1, le=1000, validation_alias="SOCKET_ROOMS")
    presence: Seconds = Field(
        default=timedelta(seconds=30),
        ge=timedelta(seconds=1),
        le=timedelta(minutes=10),
        validation_alias="SOCKET_PRESENCE",
    )
