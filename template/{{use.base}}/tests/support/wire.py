"""Connections to the service's own protocol, on which a client writes whatever it likes."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.server import ServerState

from app.core.http.protocol import Protocol

ENDLESS: Final = 300 * 2**20
SECONDS: Final = 20
MOMENT: Final = timedelta(seconds=0.05)


@dataclass
class Connection:
    """A client, and what the server has of it."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    accepted: list[Protocol]
    lost: asyncio.Event

    def hurry(self) -> None:
        """Have the server lose its patience, from its next answer on."""
        for protocol in self.accepted:
            protocol.limits = protocol.limits.model_copy(update={"keep_alive": MOMENT})

    async def flood(self, start: bytes, piece: bytes) -> int:
        """Write ``start`` and then, until nobody listens any more, ``piece``; count the bytes."""
        self.writer.write(start)
        sent = 0
        try:
            while sent < ENDLESS:
                self.writer.write(piece)
                sent += len(piece)
                await self.writer.drain()
        except ConnectionError:
            pass
        return sent

    async def answers(self) -> list[bytes]:
        """Read the status lines of all answers, until the connection is closed."""
        async with asyncio.timeout(SECONDS):
            try:
                said = await self.reader.read()
            except ConnectionError:
                return []
        return [line for line in said.split(b"\r\n") if b"HTTP/1.1 " in line]

    async def leave(self) -> None:
        """Hang up, and wait until the server knows."""
        self.writer.transport.abort()
        async with asyncio.timeout(SECONDS):
            await self.lost.wait()


@asynccontextmanager
async def connected(app: ASGIApp, state: Mapping[str, object]) -> AsyncGenerator[Connection]:
    """Connect to a server of ``app`` that holds ``state``, of which the settings set its limits."""
    config = Config(app, timeout_keep_alive=SECONDS, log_config=None)
    accepted: list[Protocol] = []
    lost = asyncio.Event()

    class Watched(Protocol):
        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            lost.set()

    def accept() -> Protocol:
        accepted.append(Watched(config, ServerState(), dict(state)))
        return accepted[-1]

    server = await asyncio.get_running_loop().create_server(accept, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        yield Connection(reader, writer, accepted, lost)
        writer.transport.abort()
