"""Whom an address stands for."""

from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Final

from starlette.requests import HTTPConnection

UNKNOWN: Final = "unknown"
"""Whoever comes over a socket without addresses, or from where none can be read."""

SUBSCRIBER: Final = 64
"""Bits of an IPv6 address that its owner does not choose (RFC 6177, section 2)."""


@lru_cache(maxsize=4096)
def network_of(address: str) -> str:
    """Give an IPv4 address, also of one that is written as IPv6, or the /64 of an IPv6 address."""
    try:
        found = ip_address(address)
    except ValueError:
        return UNKNOWN
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(IPv6Network((int(found), SUBSCRIBER), strict=False))


def address_of(connection: HTTPConnection) -> str:
    """Name whoever has the address that the server knows: it believes only proxies it trusts."""
    client = connection.client
    return f"address:{network_of(client.host) if client else UNKNOWN}"
