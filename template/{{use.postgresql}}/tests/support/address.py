"""Where a PostgreSQL server is."""

import asyncio
from asyncio import StreamReader, StreamWriter
from urllib.parse import parse_qsl, urlencode, urlsplit


async def connect(url: str) -> tuple[StreamReader, StreamWriter]:
    """Reach the server, which may listen on a socket in a folder."""
    target = urlsplit(url)
    options = dict(parse_qsl(target.query))
    port = target.port or int(options.get("port", "5432"))
    if folder := options.get("host"):
        return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
    return await asyncio.open_connection(target.hostname, port)


def redirect(url: str, port: int) -> str:
    """Give the same database behind a port of this machine."""
    target = urlsplit(url)
    account, _, __ = target.netloc.rpartition("@")
    options = {key: value for key, value in parse_qsl(target.query) if key not in ("host", "port")}
    place = f"{account}@127.0.0.1:{port}"
    return target._replace(netloc=place, query=urlencode(options)).geturl()
