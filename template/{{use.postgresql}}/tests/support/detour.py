"""A way to the database that a test can close, as when the server or the network fails."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from urllib.parse import parse_qsl, urlencode, urlsplit


class Detour:
    """A port of this machine, behind which the server at ``url`` answers while it is open."""

    def __init__(self, url: str) -> None:
        self.target = urlsplit(url)
        self.options = dict(parse_qsl(self.target.query))
        self.port = 0
        self.listener: asyncio.Server | None = None
        self.writers: list[StreamWriter] = []

    @property
    def url(self) -> str:
        """The database's URL by this way."""
        account, _, __ = self.target.netloc.rpartition("@")
        options = {key: value for key, value in self.options.items() if key not in ("host", "port")}
        changed = self.target._replace(
            netloc=f"{account}@127.0.0.1:{self.port}", query=urlencode(options)
        )
        return changed.geturl()

    async def open(self) -> None:
        """Let connections through."""
        self.listener = await asyncio.start_server(self.forward, "127.0.0.1", self.port)
        self.port = self.listener.sockets[0].getsockname()[1]

    async def close(self) -> None:
        """Cut the connections, and refuse new ones."""
        if self.listener is not None:
            self.listener.close()
        for writer in self.writers:
            writer.transport.abort()
        self.writers.clear()

    async def forward(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Connect both ends of one connection."""
        server_reader, server_writer = await self.connect()
        self.writers += [writer, server_writer]
        await asyncio.gather(pump(reader, server_writer), pump(server_reader, writer))

    async def connect(self) -> tuple[StreamReader, StreamWriter]:
        """Reach the server, which may listen on a socket in a folder."""
        port = self.target.port or int(self.options.get("port", "5432"))
        if folder := self.options.get("host"):
            return await asyncio.open_unix_connection(f"{folder}/.s.PGSQL.{port}")
        return await asyncio.open_connection(self.target.hostname, port)


async def pump(reader: StreamReader, writer: StreamWriter) -> None:
    """Pass on what comes, until one of the ends is gone."""
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def detour(url: str) -> AsyncGenerator[Detour]:
    """Yield an open way to the database at ``url``."""
    way = Detour(url)
    await way.open()
    try:
        yield way
    finally:
        await way.close()
