"""What a connection is told, as asyncpg wants it."""

from typing import Final, TypedDict

import structlog

from app.config.database import DatabaseSettings, Pooler
from app.config.parameters import handed_on, not_kept, parameters, trusts_system

log = structlog.stdlib.get_logger()

# a pooler gives each transaction another connection, which does not know the statements of the last
STATEMENTS: Final = {Pooler.NONE: 100, Pooler.TRANSACTION: 0}


class Arguments(TypedDict):
    """Where the server is, and how a connection to it is set up."""

    dsn: str
    ssl: bool | None
    timeout: float
    command_timeout: float
    statement_cache_size: int
    server_settings: dict[str, str]


def arguments(settings: DatabaseSettings) -> Arguments:
    """Hand on the URL, so that sslmode and the like mean what libpq says; log what is not kept."""
    url = settings.url.get_secret_value()
    if names := not_kept(url):
        log.warning("asyncpg does not do all that the database's URL asks for", not_kept=names)
    wanted = float(parameters(url).get("connect_timeout", "0"))
    return Arguments(
        dsn=handed_on(url),
        ssl=True if trusts_system(url) else None,
        timeout=wanted or settings.connect_timeout.total_seconds(),
        command_timeout=settings.statement_timeout.total_seconds(),
        statement_cache_size=STATEMENTS[settings.pooler],
        server_settings={"timezone": "UTC"},
    )
