"""Who listens, and what they may hear."""

from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Annotated, Final

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.errors import AppError
from app.core.live.event import PUBLIC
from app.core.live.listener import Hearer

REFUSALS: Final[tuple[type[AppError], ...]] = ()
SUBSCRIBER: Final = 64
"""Bits of an IPv6 address that its owner does not choose (RFC 6177, section 2)."""


def owner_of(address: str) -> str:
    """Name whoever has it: of IPv6, all addresses of one subscriber are one."""
    try:
        found = ip_address(address)
    except ValueError:  # no address, but a socket of this machine
        return address
    if not isinstance(found, IPv6Address):
        return str(found)
    return str(found.ipv4_mapped or IPv6Network((int(found), SUBSCRIBER), strict=False))


async def get_hearer(connection: HTTPConnection) -> Hearer:
    """Let anybody hear what is said to all: they have an address alone."""
    client = connection.client
    return Hearer(owner_of(client.host if client else ""), frozenset({PUBLIC}))


HearerDep = Annotated[Hearer, Depends(get_hearer)]
