"""/api/v1/live/events."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta
from typing import Final

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient

from app.config.settings import Settings
from app.core.lifespan import State
from app.core.live.hub import Hub
from app.core.live.window import Window
from app.dependencies.hearer import get_hearer
from app.main import create_app
from tests.support.client import open_client
from tests.support.listeners import HEARER, MOMENT, say, until
from tests.support.wire import SECONDS, Connection, connected

EVENTS: Final = "/api/v1/live/events"
REQUEST: Final = f"GET {EVENTS} HTTP/1.1\r\nHost: test\r\nAccept-Encoding: gzip\r\n\r\n".encode()


def limit(state: State, **changes: object) -> None:
    """Have streams last otherwise in a test."""
    settings = state["settings"]
    state["settings"] = replace(settings, events=settings.events.model_copy(update=changes))


def hurry(state: State) -> None:
    """Have a heartbeat in a moment."""
    settings = state["settings"]
    live = settings.live.model_copy(update={"heartbeat": MOMENT})
    state["settings"] = replace(settings, live=live)


@pytest.fixture
def anybody(settings: Settings) -> FastAPI:
    """The application, to whom it does not matter who listens."""
    app = create_app(settings)
    app.dependency_overrides[get_hearer] = lambda: HEARER
    return app


@pytest.fixture
async def connection(anybody: FastAPI, state: State) -> AsyncGenerator[Connection]:
    """A connection to the service, as its server has it."""
    hurry(state)
    async with connected(anybody, {**state}) as connection:
        yield connection


class TestListen:
    async def test_fields(self, client: AsyncClient, state: State) -> None:
        """Nothing on the way keeps it back: neither a proxy nor compression."""
        limit(state, lifetime=MOMENT)

        response = await client.get(EVENTS)

        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith("text/event-stream")
        assert response.headers["Cache-Control"] == "no-cache"
        assert response.headers["X-Accel-Buffering"] == "no"
        assert "Content-Encoding" not in response.headers

    async def test_comes_back(self, client: AsyncClient, state: State, window: Window) -> None:
        limit(state, lifetime=timedelta(seconds=1))
        await say(window, 1)
        heard = (await window.read(None)).end
        await say(window, 2)

        response = await client.get(EVENTS, headers={"Last-Event-ID": str(heard)})

        first, second, *_ = response.text.split("\n\n")
        end = (await window.read(None)).end
        assert first.startswith(": \nretry: ")
        assert second == 'event: said\ndata: {"number":2}\nid: ' + str(end)

    async def test_made_up(self, client: AsyncClient, state: State) -> None:
        limit(state, lifetime=timedelta(seconds=1))

        response = await client.get(EVENTS, headers={"Last-Event-ID": "x" * 1000})

        assert response.status_code == 200
        assert "event: reset\ndata: {}\nid: " in response.text

    async def test_too_many(self, anybody: FastAPI, state: State, hub: Hub) -> None:
        hub.audience.limits = state["settings"].live.model_copy(update={"streams_each": 1})
        state["live"] = hub

        async with open_client(anybody, state) as client:
            one = asyncio.create_task(client.get(EVENTS))
            await until(lambda: hub.audience.seats.total() == 1)
            refused = await client.get(EVENTS)
            one.cancel()
            await asyncio.wait([one])

        assert refused.status_code == 429
        assert refused.json()["code"] == "too_many_streams"
        assert refused.headers["Retry-After"]
        assert not hub.audience.seats


class TestStream:
    async def test_is_told_at_once_and_ends_with_the_server(
        self, connection: Connection, window: Window
    ) -> None:
        connection.writer.write(REQUEST)
        async with asyncio.timeout(SECONDS):
            await connection.reader.readuntil(b"\nid: ")
            await say(window, 1)
            await connection.reader.readuntil(b'event: said\ndata: {"number":1}\n')
            connection.accepted[0].shutdown()
            rest = await connection.reader.read()

        assert rest.endswith(b"0\r\n\r\n")

    async def test_shows_that_it_is_alive(self, connection: Connection) -> None:
        connection.writer.write(REQUEST)
        async with asyncio.timeout(SECONDS):
            for _ in range(3):
                await connection.reader.readuntil(b": \nid: ")

    async def test_gives_its_seat_back(self, connection: Connection, state: State) -> None:
        audience = state["live"].audience
        connection.writer.write(REQUEST)
        async with asyncio.timeout(SECONDS):
            await connection.reader.readuntil(b"\nid: ")
        assert audience.seats[HEARER.identity] == 1

        await connection.leave()

        await until(lambda: not audience.seats)
