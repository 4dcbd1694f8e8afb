"""Addresses of servers."""

from collections.abc import Container
from urllib.parse import urlsplit


def is_url(text: str, schemes: Container[str]) -> bool:
    """Whether a URL has one of the schemes, and a number where its port goes."""
    try:
        parts = urlsplit(text)
        return parts.scheme in schemes and parts.port != 0
    except ValueError:
        return False
