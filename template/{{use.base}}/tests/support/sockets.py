"""WebSockets without a network."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from typing import Final

from starlette.types import ASGIApp, Message, Scope

from app.core.lifespan import State

ANSWERS: Final = {"websocket.http.response": dict[str, object]()}
PATIENCE: Final = 10
"""Seconds for whatever serves a socket without noticing that the client has gone."""


def handshake(state: State, target: str) -> Scope:
    """Ask for a socket as a server does that can answer with more than a bare 403."""
    path, _, query = target.partition("?")
    return {
        "type": "websocket",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"host", b"test")],
        "scheme": "ws",
        "server": ("test", 80),
        "client": ("127.0.0.1", 1),
        "subprotocols": [],
        "extensions": ANSWERS,
        "state": dict(state),
    }


async def talk(
    app: ASGIApp, scope: Scope, says: Iterable[str] = (), most: int = 10
) -> list[Message]:
    """Open a socket without a credential, say something and leave; return what was answered."""
    arriving: list[Message] = [
        {"type": "websocket.connect"},
        *({"type": "websocket.receive", "text": text} for text in says),
    ]
    answers: list[Message] = []

    async def receive() -> Message:
        return arriving.pop(0) if arriving else {"type": "websocket.disconnect", "code": 1001}

    async def send(message: Message) -> None:
        answers.append(message)
        if len(answers) > most:
            raise OSError("the client is gone")

    with suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await app(scope, receive, send)
    return answers
