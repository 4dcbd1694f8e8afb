"""A way to the database that a test can close, as when the server or the network fails."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from socket import SO_REUSEPORT, SOL_SOCKET, socket

from tests.support.address import connect, redirect


class Detour:
    """A port of this machine, behind which the server at ``target`` answers while it is open.

    ``place`` holds the port without listening: nobody else is given it while the way is closed.
    """

    def __init__(self, target: str, place: socket) -> None:
        place.setsockopt(SOL_SOCKET, SO_REUSEPORT, 1)
        place.bind(("127.0.0.1", 0))
        self.target = target
        self.port: int = place.getsockname()[1]
        self.listener: asyncio.Server | None = None
        self.writers: list[StreamWriter] = []
        self.flows = asyncio.Event()
        self.flows.set()

    @property
    def url(self) -> str:
        """The database's URL by this way."""
        return redirect(self.target, self.port)

    async def open(self) -> None:
        """Let connections through."""
        self.listener = await asyncio.start_server(
            self.forward, "127.0.0.1", self.port, reuse_port=True
        )

    async def close(self) -> None:
        """Cut the connections, and refuse new ones."""
        self.flows.set()
        if self.listener is not None:
            self.listener.close()
        for writer in self.writers:
            writer.transport.abort()
        self.writers.clear()

    def swallow(self) -> None:
        """Let nothing through and tell nobody, as a firewall that drops what comes."""
        self.flows.clear()

    async def forward(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Connect both ends of one connection."""
        server_reader, server_writer = await connect(self.target)
        self.writers += [writer, server_writer]
        await asyncio.gather(self.pump(reader, server_writer), self.pump(server_reader, writer))

    async def pump(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Pass on what comes, until one of the ends is gone."""
        with suppress(OSError):
            while data := await reader.read(65536):
                await self.flows.wait()
                writer.write(data)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def detour(url: str) -> AsyncGenerator[Detour]:
    """Yield an open way to the database at ``url``."""
    with socket() as place:
        way = Detour(url, place)
        await way.open()
        try:
            yield way
        finally:
            await way.close()
