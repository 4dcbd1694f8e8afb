"""What happens around every request. Pure ASGI: no task and no queue for each request."""

from http import HTTPStatus
from typing import Final

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.config.http import HttpSettings
from app.core.http.drain import Drain
from app.core.http.exchange import Exchange, request_id
from app.core.http.location import Headers, at_home
from app.core.http.socket_layer import serve_socket

log = structlog.stdlib.get_logger()

QUIET_PATHS: Final = frozenset({"/healthz", "/readyz"})
LEADING: Final = {HTTPStatus.CREATED, *range(300, 400)}


def security_headers(settings: HttpSettings) -> Headers:
    """Follow the OWASP REST Security Cheat Sheet."""
    headers = [
        (b"content-security-policy", b"frame-ancestors 'none'"),
        (b"referrer-policy", b"no-referrer"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
    ]
    if settings.sends_hsts:
        headers.append((b"strict-transport-security", b"max-age=%d" % settings.hsts_seconds))
    return headers


class RequestMiddleware:
    """Give each request an id, a log line with its duration, and the security headers."""

    def __init__(self, app: ASGIApp, headers: Headers, root_path: str = "") -> None:
        self.app = app
        self.headers = headers
        self.root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Leave the start and the end of the application alone."""
        if scope["type"] != "http":
            await self.other(scope, receive, send)
            return
        exchange = Exchange(request_id(scope))
        scope.setdefault("state", {})["exchange"] = exchange
        extra = [*self.headers, (b"x-request-id", exchange.request_id.encode())]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = int(message["status"])  # the console shows an HTTPStatus as such
                timing = (b"server-timing", b"app;dur=%.1f" % exchange.milliseconds())
                headers = [*message["headers"], *extra, timing]
                if exchange.status in LEADING:
                    headers = at_home(headers, scope, self.root_path)
                message["headers"] = headers
            await send(message)

        structlog.contextvars.bind_contextvars(request_id=exchange.request_id)
        try:
            await self.app(scope, receive, send_with_headers)
        finally:
            log_access(scope, exchange)
            structlog.contextvars.unbind_contextvars("request_id")

    async def other(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Do the same for a socket."""
        if scope["type"] == "websocket":
            await serve_socket(self.app, scope, receive, send, self.headers)
        else:
            await self.app(scope, receive, send)


def log_access(scope: Scope, exchange: Exchange) -> None:
    """Write the access log: never the query, which may hold something secret."""
    status = exchange.status or 0
    if scope["path"] in QUIET_PATHS and (status < HTTPStatus.BAD_REQUEST or drains(scope)):
        return
    write = log.error if status >= HTTPStatus.INTERNAL_SERVER_ERROR else log.info
    client = scope.get("client")
    write(
        "request",
        method=scope["method"],
        path=scope["path"],
        status=exchange.status,
        duration_ms=round(exchange.milliseconds(), 2),
        client=client[0] if client else None,
    )


def drains(scope: Scope) -> bool:
    """Whether the process was told to end, which is what its probes say then."""
    drain: Drain | None = scope["state"].get("drain")
    return drain is not None and drain.started
