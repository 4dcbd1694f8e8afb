"""A way to Redis that can be cut, or go silent."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pydantic import SecretStr

from app.config.redis import RedisSettings

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass
class Relay:
    """It passes on what comes, both ways; it is told to go ``silent`` and to ``hang_up``."""

    server: RedisSettings
    port: int = 0
    calls: int = 0
    speaks: asyncio.Event = field(default_factory=asyncio.Event)
    writers: set[asyncio.StreamWriter] = field(default_factory=set[asyncio.StreamWriter])

    @property
    def settings(self) -> RedisSettings:
        """Lead to the server this way."""
        place = urlsplit(self.server.url.get_secret_value())
        user, at, _ = place.netloc.rpartition("@")
        number = place.path if place.hostname else ""
        url = f"redis://{user}{at}127.0.0.1:{self.port}{number}"
        return self.server.model_copy(update={"url": SecretStr(url)})

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take a call."""
        self.calls += 1
        answers, back = await self.reach()
        self.writers |= {writer, back}
        await asyncio.gather(self.carry(reader, back), self.carry(answers, writer))

    async def reach(self) -> Stream:
        """Call the server."""
        place = urlsplit(self.server.url.get_secret_value())
        if place.hostname:
            return await asyncio.open_connection(place.hostname, place.port or 6379)
        return await asyncio.open_unix_connection(place.path)

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Pass on what comes, once it is not silent."""
        try:
            while data := await reader.read(65536):
                await self.speaks.wait()
                writer.write(data)
        except ConnectionError:
            pass
        finally:
            writer.close()

    def silent(self) -> None:
        """Hold back whatever comes from now on."""
        self.speaks.clear()

    def hang_up(self) -> None:
        """End all calls."""
        for writer in self.writers:
            writer.transport.abort()
        self.writers.clear()


@asynccontextmanager
async def relayed(server: RedisSettings) -> AsyncGenerator[Relay]:
    """Open a way; at its end it is cut."""
    relay = Relay(server)
    relay.speaks.set()
    async with await asyncio.start_server(relay.take, "127.0.0.1", 0) as listening:
        relay.port = listening.sockets[0].getsockname()[1]
        yield relay
        relay.speaks.set()
        relay.hang_up()
