"""Somebody at the other end of a connection, who may be badly behaved."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar

from app.config.outgoing import UpstreamSettings
from app.core.outgoing.upstream import Upstream
from app.core.outgoing.upstreams import Upstreams, connect

Manner = Callable[["Peer", asyncio.StreamWriter], Awaitable[None]]
PATIENCE = 20


class PeerSettings(UpstreamSettings):
    """It is waited for as long as a busy machine may need."""

    upstream: ClassVar[str] = "peer"

    connect_timeout: timedelta = timedelta(seconds=10)
    read_timeout: timedelta = timedelta(seconds=10)
    timeout: timedelta = timedelta(seconds=20)
    max_body_size: int = 65_536


@dataclass
class Peer:
    """A server that answers each request in its ``manner``."""

    manner: Manner
    port: int = 0
    connections: int = 0
    heads: list[str] = field(default_factory=list[str])
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    conversations: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])
    left: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def header(self, name: str) -> list[str]:
        """Find what was sent under a name, of each request that had it."""
        lines = [line for head in self.heads for line in head.split("\r\n")]
        return [line[len(name) + 2 :] for line in lines if line.lower().startswith(f"{name}: ")]

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer until the other side, or the test, has had enough."""
        self.connections += 1
        answering = asyncio.create_task(self.answer(reader, writer))
        self.conversations.add(answering)
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            await answering
        self.left.set()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer each request of a connection."""
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            self.heads.append(head.decode())
            self.asked.set()
            await self.manner(self, writer)
            await writer.drain()


@asynccontextmanager
async def peer(manner: Manner) -> AsyncGenerator[Peer]:
    """Have one listen."""
    made = Peer(manner)
    server = await asyncio.start_server(made.take, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    try:
        yield made
    finally:
        server.close()
        for conversation in made.conversations:
            conversation.cancel()
        await asyncio.gather(*made.conversations, return_exceptions=True)
        await server.wait_closed()


@asynccontextmanager
async def upstream_of(url: str, **changes: object) -> AsyncGenerator[Upstream]:
    """Be its client."""
    settings = PeerSettings(url=url).model_copy(update=changes)
    upstreams = Upstreams(connect())
    try:
        yield upstreams.to(settings)
    finally:
        await upstreams.aclose()


def says(text: str) -> Manner:
    """Answer so."""

    async def manner(_: Peer, writer: asyncio.StreamWriter) -> None:
        writer.write(text.replace("\n", "\r\n").encode())

    return manner


OK = says("HTTP/1.1 200 OK\nContent-Length: 2\n\nok")
FAILS = says("HTTP/1.1 500 Sorry\nContent-Length: 0\n\n")
BUSY = says("HTTP/1.1 503 Busy\nContent-Length: 0\n\n")


async def hangs(_: Peer, _writer: asyncio.StreamWriter) -> None:
    """Say nothing until the other side has hung up."""
    await asyncio.sleep(PATIENCE)


async def drips(_peer: Peer, writer: asyncio.StreamWriter) -> None:
    """Send a byte now and then."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n")
    for _ in range(60_000):
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.05)


async def resets(_: Peer, writer: asyncio.StreamWriter) -> None:
    """Hang up at once."""
    writer.transport.abort()


async def floods(_: Peer, writer: asyncio.StreamWriter) -> None:
    """Send ten gigabytes."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n")
    while True:
        writer.write(bytes(65_536))
        await writer.drain()
