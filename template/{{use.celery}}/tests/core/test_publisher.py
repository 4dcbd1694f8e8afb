"""app.core.publisher: the event loop never waits for the broker."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from time import perf_counter

import pytest
from pydantic import SecretStr

from app.config.settings import Settings
from app.core.errors import UnavailableError
from app.core.message import Message
from app.core.publisher import Publisher

MESSAGE = Message("probe.none", (1,))
TICK = 0.01
STALL = 0.25


@pytest.fixture
def taken() -> Generator[socket.socket]:
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield silent


@asynccontextmanager
async def publisher_at(settings: Settings, port: int) -> AsyncGenerator[Publisher]:
    """Expect the broker at a port of this machine, with little patience."""
    scheme = settings.celery.url.get_secret_value().partition(":")[0].partition("+")[0]
    update = {
        "url": SecretStr(f"{scheme}://127.0.0.1:{port}//"),
        "socket_timeout": timedelta(seconds=0.2),
    }
    publisher = Publisher(replace(settings, celery=settings.celery.model_copy(update=update)))
    try:
        yield publisher
    finally:
        await publisher.close()


async def largest_stall(action: Callable[[], Coroutine[None, None, None]]) -> float:
    """Run something, and measure how long nothing else could run meanwhile."""
    running = asyncio.create_task(action())
    stall = 0.0
    while not running.done():
        began = perf_counter()
        await asyncio.sleep(TICK)
        stall = max(stall, perf_counter() - began - TICK)
    await running
    return stall


class TestUnreachable:
    async def test_refused(self, settings: Settings, taken: socket.socket) -> None:
        port = taken.getsockname()[1]
        taken.close()

        await self.check(settings, port)

    async def test_silent(self, settings: Settings, taken: socket.socket) -> None:
        await self.check(settings, taken.getsockname()[1])

    async def check(self, settings: Settings, port: int) -> None:
        """Fail in bounded time, and let everything else run meanwhile."""
        async with publisher_at(settings, port) as publisher:
            began = perf_counter()

            async def publish() -> None:
                with pytest.raises(UnavailableError):
                    await publisher.publish(MESSAGE)

            stall = await largest_stall(publish)

            assert perf_counter() - began < publisher.limit + STALL
            assert stall < STALL

    async def test_the_next_does_not_wait(self, settings: Settings, taken: socket.socket) -> None:
        async with publisher_at(settings, taken.getsockname()[1]) as publisher:
            with pytest.raises(UnavailableError):
                await publisher.publish(MESSAGE)
            began = perf_counter()

            with pytest.raises(UnavailableError):
                await publisher.publish(MESSAGE)

            assert perf_counter() - began < STALL


class TestReachable:
    async def test_recovers(self, settings: Settings, taken: socket.socket) -> None:
        async with publisher_at(settings, taken.getsockname()[1]) as publisher:
            with pytest.raises(UnavailableError):
                await publisher.ping()
            well = Publisher(settings)
            publisher.celery, celery = well.celery, publisher.celery
            publisher.limit, publisher.resting_until = well.limit, 0.0

            await publisher.ping()

            celery.close()
            await well.close()
