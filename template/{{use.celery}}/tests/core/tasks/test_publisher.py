"""app.core.tasks.publisher: the event loop never waits for the broker."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from pydantic import SecretStr

from app.config.settings import Settings
from app.core.errors import UnavailableError
from app.core.tasks.message import Message
from app.core.tasks.publisher import Publisher

MESSAGE = Message("probe.none", (1,))
PATIENCE = 30


@pytest.fixture
def taken() -> Generator[socket.socket]:
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        yield silent


@dataclass
class Telephone:
    """A server in the event loop of the test, which hangs up at once."""

    calls: int = 0
    port: int = 0

    async def hang_up(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take the call."""
        self.calls += 1
        writer.transport.abort()


@pytest.fixture
async def telephone() -> AsyncGenerator[Telephone]:
    """It hangs up only while the event loop is free."""
    telephone = Telephone()
    async with await asyncio.start_server(telephone.hang_up, "127.0.0.1", 0) as server:
        telephone.port = server.sockets[0].getsockname()[1]
        yield telephone


@asynccontextmanager
async def publisher_at(
    settings: Settings, port: int, seconds: float = 0.2
) -> AsyncGenerator[Publisher]:
    """Expect the broker at a port of this machine, and wait so long for each answer."""
    scheme = settings.celery.url.get_secret_value().partition(":")[0].partition("+")[0]
    update = {
        "url": SecretStr(f"{scheme}://127.0.0.1:{port}//"),
        "socket_timeout": timedelta(seconds=seconds),
    }
    publisher = Publisher(replace(settings, celery=settings.celery.model_copy(update=update)))
    try:
        yield publisher
    finally:
        await publisher.close()


async def fails(publisher: Publisher) -> None:
    """Publish in vain."""
    async with asyncio.timeout(PATIENCE):
        with pytest.raises(UnavailableError):
            await publisher.publish(MESSAGE)


class TestUnreachable:
    async def test_refused(self, settings: Settings, taken: socket.socket) -> None:
        port = taken.getsockname()[1]
        taken.close()

        async with publisher_at(settings, port) as publisher:
            await fails(publisher)

    async def test_silent(self, settings: Settings, taken: socket.socket) -> None:
        async with publisher_at(settings, taken.getsockname()[1]) as publisher:
            await fails(publisher)

    async def test_the_event_loop_goes_on(self, settings: Settings, telephone: Telephone) -> None:
        async with publisher_at(settings, telephone.port, seconds=5) as publisher:
            await fails(publisher)

            assert telephone.calls > 0

    async def test_the_next_does_not_wait(
        self, settings: Settings, telephone: Telephone, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.core.tasks.publisher.REST", 3600.0)
        async with publisher_at(settings, telephone.port, seconds=5) as publisher:
            await fails(publisher)
            calls = telephone.calls

            await fails(publisher)

            assert telephone.calls == calls


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
