"""Where a MySQL server is."""

import asyncio
from asyncio import StreamReader, StreamWriter
from urllib.parse import parse_qsl, urlencode, urlsplit


async def connect(url: str) -> tuple[StreamReader, StreamWriter]:
    """Reach the server, which may listen on a socket."""
    target = urlsplit(url)
    if path := dict(parse_qsl(target.query)).get("unix_socket"):
        return await asyncio.open_unix_connection(path)
    return await asyncio.open_connection(target.hostname, target.port or 3306)


def redirect(url: str, port: int) -> str:
    """Give the same database behind a port of this machine."""
    target = urlsplit(url)
    account, _, __ = target.netloc.rpartition("@")
    options = {key: value for key, value in parse_qsl(target.query) if key != "unix_socket"}
    place = f"{account}@127.0.0.1:{port}"
    return target._replace(netloc=place, query=urlencode(options)).geturl()
