"""Which pages may open sockets: a browser lets all of them try (RFC 6455, section 10.2)."""

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from app.config.http import EVERYBODY
from app.core.live.socket_errors import ForeignOriginError


def check_origin(headers: Mapping[str, str], allowed: Collection[str]) -> None:
    """Raise ForeignOriginError for a page of another host, unless ``CORS_ORIGINS`` has its origin.

    Only browsers name an origin: a program names none, and acts for nobody but itself.
    """
    origin = headers.get("origin")
    if origin is None or EVERYBODY in allowed or origin in allowed:
        return
    if urlsplit(origin).netloc != headers.get("host"):
        raise ForeignOriginError
