"""Clients of open sockets, without a network."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient
from starlette.types import Message, Scope

from app.core.lifespan import State
from app.core.live.hub import Hub
from tests.support.sockets import handshake

TICKETS: Final = "/api/v1/live/tickets"
SOCKET: Final = "/api/v1/live/ws"
PATIENCE: Final = 20

Told = dict[str, Any]
"""A message, or a problem, as its JSON says."""


def limit(state: State, section: str = "sockets", **changes: object) -> None:
    """Have other limits for a test."""
    settings = state["settings"]
    other = getattr(settings, section).model_copy(update=changes)
    state["settings"] = replace(settings, **{section: other})


@dataclass
class Peer:
    """A client. What it is told waits for it, unless it takes nothing."""

    says: asyncio.Queue[Message] = field(default_factory=asyncio.Queue[Message])
    told: asyncio.Queue[Message] = field(default_factory=asyncio.Queue[Message])
    takes: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, message: Message) -> None:
        """Be told something."""
        await self.takes.wait()
        self.told.put_nowait(message)

    def say(self, **message: object) -> None:
        """Send a message."""
        self.utter(json.dumps(message))

    def utter(self, text: str) -> None:
        """Send whatever it is."""
        self.says.put_nowait({"type": "websocket.receive", "text": text})

    async def next(self) -> Message:
        """Wait for what is told, or for the end."""
        async with asyncio.timeout(PATIENCE):
            return await self.told.get()

    async def hear(self, kind: str) -> Told:
        """Wait for a message of a kind; those before it are of no interest."""
        message: Told = {}
        while message.get("type") != kind:
            message = json.loads((await self.next())["text"])
        return message

    async def end(self) -> tuple[int, str]:
        """Wait until it is closed, with which code and why."""
        while (message := await self.next())["type"] != "websocket.close":
            pass
        return message["code"], message["reason"]


@asynccontextmanager
async def connected(app: FastAPI, scope: Scope) -> AsyncGenerator[Peer]:
    """Open a socket, and leave in the end."""
    peer = Peer()
    peer.takes.set()
    peer.says.put_nowait({"type": "websocket.connect"})
    serving = asyncio.create_task(app(scope, peer.says.get, peer.send))
    try:
        yield peer
    finally:
        peer.takes.set()
        peer.says.put_nowait({"type": "websocket.disconnect", "code": 1001})
        async with asyncio.timeout(PATIENCE):
            await serving


@dataclass
class Door:
    """Lets the one in whom the tests' client is signed in as."""

    app: FastAPI
    state: State
    client: AsyncClient

    async def ticket(self) -> str:
        """Get a ticket."""
        response = await self.client.post(TICKETS)
        assert response.status_code == 201, response.text
        return response.json()["ticket"]

    @asynccontextmanager
    async def open(self, query: str = "") -> AsyncGenerator[Peer]:
        """Open a socket with a ticket of its own."""
        scope = handshake(self.state, f"{SOCKET}?ticket={await self.ticket()}{query}")
        async with connected(self.app, scope) as peer:
            assert (await peer.next())["type"] == "websocket.accept"
            yield peer

    async def refusal(self, query: str, headers: list[tuple[bytes, bytes]]) -> Told:
        """Ask for a socket, and be answered with a problem."""
        scope = handshake(self.state, f"{SOCKET}?{query}")
        async with connected(self.app, {**scope, "headers": headers}) as peer:
            assert (await peer.next())["type"] == "websocket.http.response.start"
            return json.loads((await peer.next())["body"])


@pytest.fixture
def door(app: FastAPI, state: State, client: AsyncClient, hub: Hub) -> Door:
    """A way in, with a hub that knows nothing of other tests."""
    state["live"] = hub
    return Door(app, state, client)
