"""Which addresses belong to the public internet."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final

SPECIAL: Final = (
    IPv4Network("192.0.0.0/24"),  # protocols, of which older versions of Python know a part
    IPv4Network("192.88.99.0/24"),  # relays of 6to4
)
UNICAST: Final = IPv6Network("2000::/3")
TUNNELS: Final = (
    IPv6Network("2001::/23"),  # Teredo and other protocols
    IPv6Network("2002::/16"),  # 6to4
    IPv6Network("3fff::/20"),  # documentation, which older versions of Python do not know
)
"""Parts of it that lead to an IPv4 address of somebody's choice, or nowhere (RFC 6890)."""


def is_public(address: str) -> bool:
    """Tell the internet from whatever is inside of some network.

    An IPv4 address that is written as IPv6 is that IPv4 address to the kernel, to a translator
    (RFC 6052) something else again: neither is public.
    """
    parsed = ip_address(address)
    if isinstance(parsed, IPv4Address):
        return is_public_v4(parsed)
    return is_public_v6(parsed)


def is_public_v4(address: IPv4Address) -> bool:
    """Take what is given to somebody (RFC 6890)."""
    special = any(address in network for network in SPECIAL)
    return address.is_global and not address.is_multicast and not special


def is_public_v6(address: IPv6Address) -> bool:
    """Take what is given to somebody, and leads nowhere else."""
    return (
        address in UNICAST
        and address.is_global
        and not any(address in network for network in TUNNELS)
    )
