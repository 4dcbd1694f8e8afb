"""A WebSocket (RFC 6455): how far it has come, and what it is refused with."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Final, TypeVar

from fastapi.responses import JSONResponse, Response
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send

from app.core.deadline import Deadline
from app.core.http.exchange import Exchange

Value = TypeVar("Value")
Leave = Callable[[], Awaitable[None]]

POLICY_VIOLATION: Final = 1008
INTERNAL_ERROR: Final = 1011
TRY_AGAIN_LATER: Final = 1013
LATER: Final = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}


@dataclass(slots=True)
class Socket(Exchange):
    """A socket: ``status`` is 101 once it is open, ``closed`` the code that it ended with."""

    closed: int | None = None
    deadline: Deadline = field(default_factory=Deadline)
    opening: list[Leave] = field(default_factory=list[Leave])

    async def open(self) -> None:
        """Leave what was for the handshake only, the last first."""
        while self.opening:
            await self.opening.pop()()


class SocketClose(Response):
    """The end of an open socket, where a request would have an answer."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__()
        self.code = code
        self.reason = reason

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close it; of one that has ended already nothing is sent."""
        await send({"type": "websocket.close", "code": self.code, "reason": self.reason})


def refusal(connection: HTTPConnection, problem: JSONResponse, code: str) -> Response:
    """Answer with a problem while that is possible; close what is open, with its code."""
    if connection.scope["type"] == "http":
        return problem
    socket: Socket = connection.state.exchange
    if socket.status is None and may_answer(connection.scope):
        return problem
    return SocketClose(close_code(problem.status_code), code)


def may_answer(scope: Scope) -> bool:
    """Whether the server can answer a handshake with anything but a bare 403."""
    extensions: dict[str, object] = scope.get("extensions") or {}
    return "websocket.http.response" in extensions


def close_code(status: int) -> int:
    """Translate a status (RFC 6455, section 7.4.1): come back later, our fault, or yours."""
    if status in LATER:
        return TRY_AGAIN_LATER
    return INTERNAL_ERROR if status >= HTTPStatus.INTERNAL_SERVER_ERROR else POLICY_VIOLATION


def until_answered(
    connection: HTTPConnection, context: AbstractAsyncContextManager[Value]
) -> AbstractAsyncContextManager[Value]:
    """Hold ``context`` until a request is answered; until a socket opens, which is its answer."""
    if connection.scope["type"] == "http":
        return context
    return until_open(connection.state.exchange, context)


@asynccontextmanager
async def until_open(
    socket: Socket, context: AbstractAsyncContextManager[Value]
) -> AsyncGenerator[Value]:
    """Leave ``context`` when the socket opens, or with the error that keeps it closed."""
    async with AsyncExitStack() as stack:
        value = await stack.enter_async_context(context)
        socket.opening.append(stack.aclose)
        yield value
