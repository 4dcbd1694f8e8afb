"""app.core.http.drain: what SIGTERM does to readiness."""

import asyncio
import os
import signal
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from types import FrameType

from fastapi import FastAPI

from app.config.settings import Settings
from app.core.http.drain import Drain, open_drain
from tests.support.wire import SECONDS, connected


@contextmanager
def server() -> Generator[asyncio.Event]:
    """Handle SIGTERM as a server does; the event is set once it is told to stop."""
    told = asyncio.Event()

    def handle(_: int, __: FrameType | None) -> None:
        told.set()

    previous = signal.signal(signal.SIGTERM, handle)
    try:
        yield told
    finally:
        signal.signal(signal.SIGTERM, previous)


def drain_of(settings: Settings, delay: timedelta) -> Settings:
    """Set how long the service drains."""
    return replace(settings, app=settings.app.model_copy(update={"drain_delay": delay}))


class TestOpenDrain:
    async def test_readiness_ends_before_the_server(self, settings: Settings) -> None:
        delay = timedelta(seconds=0.05)
        loop = asyncio.get_running_loop()

        with server() as told:
            async with open_drain(drain_of(settings, delay)) as state:
                began = loop.time()
                os.kill(os.getpid(), signal.SIGTERM)
                async with asyncio.timeout(20):
                    await told.wait()

        assert state["drain"] == Drain(started=True)
        assert loop.time() - began > 0.9 * delay.total_seconds()  # its clock counts milliseconds

    async def test_not_draining_before(self, settings: Settings) -> None:
        with server():
            async with open_drain(settings) as state:
                assert state["drain"] == Drain(started=False)

    async def test_the_servers_handler_is_put_back(self, settings: Settings) -> None:
        with server():
            handler = signal.getsignal(signal.SIGTERM)
            async with open_drain(settings):
                assert signal.getsignal(signal.SIGTERM) is not handler

            assert signal.getsignal(signal.SIGTERM) is handler

    async def test_without_a_server_the_signal_is_left_alone(self, settings: Settings) -> None:
        handler = signal.getsignal(signal.SIGTERM)

        async with open_drain(settings):
            assert signal.getsignal(signal.SIGTERM) is handler


class TestConnection:
    async def test_is_not_kept_meanwhile(self, app: FastAPI, settings: Settings) -> None:
        """Whoever has one asks somebody else next, before it is cut."""
        state = {"settings": settings, "drain": Drain(started=True)}
        async with connected(app, state) as connection:
            connection.writer.write(b"GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n")
            async with asyncio.timeout(SECONDS):
                said = await connection.reader.read()

        assert said.startswith(b"HTTP/1.1 200 ")
        assert b"\r\nconnection: close\r\n" in said
