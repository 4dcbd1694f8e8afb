"""What happens around every WebSocket."""

from contextlib import suppress
from typing import Final

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.http.exchange import request_id
from app.core.http.location import Headers
from app.core.http.socket import Socket

log = structlog.stdlib.get_logger()

SWITCHING_PROTOCOLS: Final = 101


class Wire:
    """What a socket says and hears, noted."""

    def __init__(self, socket: Socket, receive: Receive, send: Send, headers: Headers) -> None:
        self.socket = socket
        self.headers = headers
        self._receive = receive
        self._send = send

    async def receive(self) -> Message:
        """Note the end."""
        message = await self._receive()
        if message["type"] == "websocket.disconnect":
            self.end(message)
        return message

    async def send(self, message: Message) -> None:
        """Note the beginning, once what was for the handshake only is over."""
        match message["type"]:
            case "websocket.close":
                await self.close(message)
                return
            case "websocket.accept":
                await self.socket.open()
                self.begin(message, SWITCHING_PROTOCOLS)
            case "websocket.http.response.start":
                self.begin(message, int(message["status"]))
            case _:
                pass
        await self._send(message)

    def begin(self, message: Message, status: int) -> None:
        """Give the answer to the handshake its headers."""
        self.socket.status = status
        message["headers"] = [*message.get("headers", []), *self.headers]

    async def close(self, message: Message) -> None:
        """Close it once; who has gone is not told."""
        if self.socket.closed is None:
            self.end(message)
            with suppress(OSError):
                await self._send(message)

    def end(self, message: Message) -> None:
        """Remember what was said first."""
        if self.socket.closed is None:
            self.socket.closed = message.get("code", 1000)


async def serve_socket(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send, headers: Headers
) -> None:
    """Give a socket an id and a log line. Its deadline passes when its connection has ended."""
    socket = Socket(request_id(scope))
    scope.setdefault("state", {})["exchange"] = socket
    wire = Wire(socket, receive, send, [*headers, (b"x-request-id", socket.request_id.encode())])
    structlog.contextvars.bind_contextvars(request_id=socket.request_id)
    try:
        with socket.deadline:
            await app(scope, wire.receive, wire.send)
    finally:
        log_socket(scope, socket)
        structlog.contextvars.unbind_contextvars("request_id")


def log_socket(scope: Scope, socket: Socket) -> None:
    """Write how it ended: never the query, where browsers have to put what is secret."""
    client = scope.get("client")
    log.info(
        "socket",
        path=scope["path"],
        status=socket.status,
        closed=socket.closed,
        duration_ms=round(socket.milliseconds(), 2),
        client=client[0] if client else None,
    )
