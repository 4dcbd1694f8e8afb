"""The limits of an open WebSocket: uvicorn's own protocols wait for their client for ever."""

import asyncio
import logging
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Final, cast

from starlette.types import Scope

from app.config.settings import Settings
from app.core.http.patience import Patience
from app.core.http.socket import Socket

PARTING: Final = timedelta(seconds=1)
"""What serves a socket has that long to end by itself, and a client to take the last of it."""
LOST: Final = 1006
SERVER_LOG: Final = logging.getLogger("uvicorn.error")
NOISE: Final = {
    "connection open",
    "connection closed",
    "connection rejected (%d %s)",
    "ASGI callable returned without completing handshake.",
}
"""The last one is said of each handshake that is answered with a problem."""


class UvicornSocket(asyncio.Protocol):
    """What uvicorn's protocols have in common."""

    if TYPE_CHECKING:
        loop: asyncio.AbstractEventLoop
        transport: asyncio.Transport
        scope: Scope
        app_state: dict[str, object]

        def shutdown(self) -> None:
            """Close it with 1012."""


class SocketProtocol(UvicornSocket):
    """Hang up on who takes nothing, and end what serves a socket whose connection has ended."""

    stalling: Patience

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Be told of anything that is not taken at once."""
        super().connection_made(transport)
        self.transport.set_write_buffer_limits(high=0)
        self.stalling = Patience(self.loop)

    def connection_lost(self, exc: Exception | None) -> None:
        """Leave a moment to what serves it."""
        self.stalling.end()
        super().connection_lost(exc)
        self.loop.call_later(PARTING.total_seconds(), end, socket_of(self))

    def pause_writing(self) -> None:
        """Begin to lose patience."""
        super().pause_writing()
        limits = cast("Settings", self.app_state["settings"]).server
        self.stalling.begin(limits.keep_alive.total_seconds(), self.transport.abort)

    def resume_writing(self) -> None:
        """It has taken all of it."""
        self.stalling.end()
        super().resume_writing()

    def shutdown(self) -> None:
        """Say that the service restarts, to who still listens."""
        super().shutdown()
        self.loop.call_later(PARTING.total_seconds(), self.transport.abort)


def socket_of(protocol: UvicornSocket) -> Socket | None:
    """Find what serves the socket, if anything does yet."""
    scope: Scope = getattr(protocol, "scope", {})
    return cast("Socket | None", scope.get("state", {}).get("exchange"))


def end(socket: Socket | None) -> None:
    """End what has not noticed that nobody is there any more."""
    if socket is not None:
        if socket.closed is None:
            socket.closed = LOST
        socket.deadline.pass_by()


def is_news(record: logging.LogRecord) -> bool:
    """Leave out what the service's own line says, and the queries, which may hold a secret."""
    return record.msg not in NOISE and '"WebSocket %s"' not in str(record.msg)


@cache
def with_patience(protocol: type[asyncio.Protocol] | None) -> type[asyncio.Protocol] | None:
    """Give these limits to uvicorn's protocol; it has one where a library for it is installed."""
    if protocol is None:
        return None
    SERVER_LOG.addFilter(is_news)
    return type("PatientSocket", (SocketProtocol, protocol), {})
