"""app.core.http.connection: clients who take nothing of their answer, over real sockets."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import pytest
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.config.settings import Settings
from app.core.http.deadline import DeadlineMiddleware
from app.core.http.middleware import RequestMiddleware
from tests.support.wire import SECONDS, Connection, connected

PIECE: Final = b"a" * 2**16
LARGE: Final = 16 * 2**20
HEAD: Final = b" HTTP/1.1\r\nHost: test\r\n"
CLOSE: Final = b"Connection: close\r\n\r\n"


@dataclass
class Service:
    """Answers, once it may, with more than sockets hold; below /endless there is no end."""

    begun: asyncio.Event = field(default_factory=asyncio.Event)
    go_on: asyncio.Event = field(default_factory=asyncio.Event)
    ended: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        response: Response = Response(b"a" * LARGE)
        if scope["path"] == "/endless":
            response = StreamingResponse(pieces())
        self.begun.set()
        await self.go_on.wait()
        try:
            await response(scope, receive, send)
        finally:
            self.ended.set()


async def pieces() -> AsyncGenerator[bytes]:
    """Send on for as long as anybody takes it."""
    while True:
        yield PIECE
        await asyncio.sleep(0)


@pytest.fixture
def service() -> Service:
    """What is asked."""
    return Service()


@pytest.fixture
async def connection(service: Service, settings: Settings) -> AsyncGenerator[Connection]:
    """A connection to it, from which its client never reads."""
    async with connected(service, {"settings": settings}) as connection:
        yield connection


class TestClientThatTakesNothing:
    @pytest.mark.parametrize(
        "request_", [b"GET /endless" + HEAD + b"\r\n", b"GET /" + HEAD + CLOSE]
    )
    async def test_is_hung_up_on(
        self, connection: Connection, service: Service, request_: bytes
    ) -> None:
        """Be it while the answer is made, or when all that is left is to hand it over."""
        connection.writer.write(request_)
        async with asyncio.timeout(SECONDS):
            await service.begun.wait()
            connection.hurry()
            service.go_on.set()
            await connection.lost.wait()
            await service.ended.wait()

        (protocol,) = connection.accepted
        assert protocol.transport.get_write_buffer_size() == 0
        assert protocol not in protocol.connections


async def events(scope: Scope, receive: Receive, send: Send) -> None:
    """Have one thing to tell, and wait for the next."""

    async def told() -> AsyncGenerator[str]:
        yield "data: 1\n\n"
        await asyncio.Event().wait()

    await StreamingResponse(told(), media_type="text/event-stream")(scope, receive, send)


class TestStreamOfEvents:
    async def test_ends_with_the_server(self, settings: Settings) -> None:
        app = RequestMiddleware(DeadlineMiddleware(events, limit=timedelta(0)), headers=[])
        async with connected(app, {"settings": settings}) as connection:
            connection.writer.write(b"GET /" + HEAD + b"\r\n")
            async with asyncio.timeout(SECONDS):
                begun = await connection.reader.readuntil(b"data: 1\n\n\r\n")
                connection.accepted[0].shutdown()
                ended = await connection.reader.read()

        assert begun.startswith(b"HTTP/1.1 200 ")
        assert ended == b"0\r\n\r\n"

    async def test_that_begins_too_late(self, settings: Settings) -> None:
        service = Service()

        async def late(scope: Scope, receive: Receive, send: Send) -> None:
            service.begun.set()
            await service.go_on.wait()
            await events(scope, receive, send)

        app = RequestMiddleware(DeadlineMiddleware(late, limit=timedelta(0)), headers=[])
        async with connected(app, {"settings": settings}) as connection:
            connection.writer.write(b"GET /" + HEAD + b"\r\n")
            async with asyncio.timeout(SECONDS):
                await service.begun.wait()
                connection.accepted[0].shutdown()
                service.go_on.set()
                said = await connection.reader.read()

        assert said.endswith(b"0\r\n\r\n")
