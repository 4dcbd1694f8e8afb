"""app.core.http.socket_protocol: sockets whose client has gone, or takes nothing."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import cast

import pytest

from app.config.settings import Settings
from app.core.http.socket import Socket
from app.core.http.socket_protocol import SocketProtocol, UvicornSocket, is_news
from tests.support.wire import MOMENT, SECONDS


class Server(UvicornSocket):
    """A server's own protocol."""

    def __init__(self, settings: Settings) -> None:
        self.loop = asyncio.get_running_loop()
        self.app_state = {"settings": settings}
        self.socket = Socket("web-1")
        self.scope = {"state": {}}
        self.made = asyncio.Event()
        self.lost = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self.transport = cast("asyncio.Transport", transport)
        self.made.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the test know."""
        self.lost.set()

    def shutdown(self) -> None:
        """Say goodbye."""
        self.transport.close()


class Patient(SocketProtocol, Server):
    """The same with the service's limits."""


@asynccontextmanager
async def connected(settings: Settings) -> AsyncGenerator[tuple[Patient, asyncio.Transport]]:
    """Connect a client that reads nothing."""
    hurried = settings.server.model_copy(update={"keep_alive": MOMENT})
    patient = Patient(replace(settings, server=hurried))
    server = await asyncio.get_running_loop().create_server(lambda: patient, "127.0.0.1", 0)
    async with server, asyncio.timeout(SECONDS):
        host, port = server.sockets[0].getsockname()
        client, _ = await patient.loop.create_connection(asyncio.Protocol, host, port)
        client.pause_reading()
        await patient.made.wait()
        yield patient, client
        client.abort()


async def serve(server: Server) -> None:
    """Serve its socket without ever listening."""
    server.scope["state"]["exchange"] = server.socket
    with server.socket.deadline:
        await asyncio.Event().wait()


class TestClientThatTakesNothing:
    async def test_is_hung_up_on(self, settings: Settings) -> None:
        async with connected(settings) as (patient, _):
            patient.transport.write(b"a" * 16 * 2**20)
            await patient.lost.wait()

    async def test_does_not_make_the_end_of_the_service_wait(self, settings: Settings) -> None:
        patient_settings = settings.server.model_copy(update={"keep_alive": MOMENT * 1_000_000})
        async with connected(settings) as (patient, _):
            patient.app_state["settings"] = replace(settings, server=patient_settings)
            patient.transport.write(b"a" * 16 * 2**20)
            patient.shutdown()
            await patient.lost.wait()


class TestClientThatHasGone:
    async def test_what_serves_it_ends(self, settings: Settings) -> None:
        async with connected(settings) as (patient, client):
            client.abort()
            await serve(patient)

        assert patient.socket.closed == 1006

    async def test_what_it_said_is_remembered(self, settings: Settings) -> None:
        async with connected(settings) as (patient, client):
            patient.socket.closed = 1001
            client.abort()
            await serve(patient)

        assert patient.socket.closed == 1001


class TestIsNews:
    @pytest.mark.parametrize(
        ("message", "expected"),
        [
            ('%s - "WebSocket %s" [accepted]', False),
            ("connection open", False),
            ("Started server process [%d]", True),
        ],
    )
    def test_what_is_written_down(self, message: str, expected: bool) -> None:
        record = logging.LogRecord("uvicorn.error", logging.INFO, "", 1, message, (), None)

        assert is_news(record) is expected
