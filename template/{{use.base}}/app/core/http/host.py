"""Whom a request is for (RFC 9112, section 3.2): one host, or two servers might take two."""

import re
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from typing import Final

HOST: Final = re.compile(
    r"(?:\[(?P<ipv6>[0-9A-Fa-f:.]+)\]|(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]{0,5})?",
    re.ASCII,
)
"""RFC 3986, sections 3.2.2 and 3.2.3: what is empty is valid too."""


def has_one_host(http_version: str, headers: Sequence[tuple[bytes, bytes]]) -> bool:
    """Whether there is exactly one, and it may be one; HTTP/1.0 needs none."""
    hosts = [value for name, value in headers if name == b"host"]
    if not hosts:
        return http_version == "1.0"
    return len(hosts) == 1 and is_host(hosts[0])


@lru_cache(maxsize=64)
def is_host(value: bytes) -> bool:
    """Whether it is a name or an address, with a port or without."""
    found = HOST.fullmatch(value.decode("latin-1"))
    if found is None:
        return False
    address = found["ipv6"]
    return address is None or is_ipv6(address)


def is_ipv6(text: str) -> bool:
    """Whether it is an address."""
    try:
        IPv6Address(text)
    except AddressValueError:
        return False
    return True
