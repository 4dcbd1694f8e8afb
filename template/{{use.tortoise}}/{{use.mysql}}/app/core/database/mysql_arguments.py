"""What a connection is told, as asyncmy wants it."""

from typing import Final, TypedDict
from urllib.parse import parse_qsl, unquote, urlsplit

from app.core.database.mysql_moments import DECODERS

# zeros for invalid dates and silently shortened text are not for this service;
# what stands behind "SET sql_mode =" may set more
SQL_MODE: Final = "'TRADITIONAL', time_zone = '+00:00'"
ISOLATION: Final = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"


class Arguments(TypedDict):
    """Where the server is, and how a connection to it is set up."""

    host: str | None
    port: int
    unix_socket: str | None
    user: str
    password: str
    database: str
    ssl: dict[str, str | bool] | None
    autocommit: bool
    charset: str
    conv: dict[object, object]
    init_command: str
    sql_mode: str


def arguments(url: str) -> Arguments:
    """Take a URL apart; what it does not say is the same for every connection."""
    parts = urlsplit(url)
    options = dict(parse_qsl(parts.query))
    return Arguments(
        host=parts.hostname,
        port=parts.port or 3306,
        unix_socket=options.get("unix_socket"),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        database=unquote(parts.path.removeprefix("/")),
        ssl=encryption(options),
        autocommit=True,
        charset="utf8mb4",
        conv=DECODERS,
        init_command=ISOLATION,
        sql_mode=SQL_MODE,
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
