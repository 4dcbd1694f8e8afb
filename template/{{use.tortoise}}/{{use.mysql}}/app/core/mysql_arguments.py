"""What a connection is told, as asyncmy wants it."""

from typing import Final, TypedDict
from urllib.parse import parse_qsl, unquote, urlsplit

# zeros for invalid dates and silently shortened text are not for this service;
# what stands behind "SET sql_mode =" may set more
SQL_MODE: Final = "'TRADITIONAL', time_zone = '+00:00'"
ISOLATION: Final = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"


class Address(TypedDict):
    """Arguments of a connection."""

    host: str | None
    port: int
    unix_socket: str | None
    user: str
    password: str
    database: str
    ssl: dict[str, str | bool] | None


def address(url: str) -> Address:
    """Take a URL apart."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return Address(
        host=parts.hostname,
        port=parts.port or 3306,
        unix_socket=options.get("unix_socket"),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.removeprefix("/")),
        ssl=encryption(options),
    )


def encryption(options: dict[str, str]) -> dict[str, str | bool] | None:
    """Gather what the URL says of certificates; None where it says nothing."""
    found: dict[str, str | bool] = {
        name.removeprefix("ssl_"): value
        for name, value in options.items()
        if name.startswith("ssl_")
    }
    if "check_hostname" in found:
        found["check_hostname"] = found["check_hostname"] in {"1", "on", "t", "true", "y", "yes"}
    return found or None
