"""What happens around every request. Pure ASGI: no task and no queue for each request."""

import re
from dataclasses import dataclass, field
from http import HTTPStatus
from secrets import token_hex
from time import perf_counter
from typing import Final

import structlog
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.config.http import HttpSettings
from app.core.http.body_limit import BodyLimitMiddleware
from app.core.http.problem import problem_response

log = structlog.stdlib.get_logger()

QUIET_PATHS: Final = frozenset({"/healthz", "/readyz"})
REQUEST_ID: Final = re.compile(r"[A-Za-z0-9._-]{1,128}")


@dataclass(slots=True)
class Exchange:
    """A request and how far its answer has come."""

    request_id: str
    began: float = field(default_factory=perf_counter)
    status: int | None = None

    def milliseconds(self) -> float:
        """Say how long it has taken so far."""
        return (perf_counter() - self.began) * 1000


def middleware(settings: HttpSettings) -> list[Middleware]:
    """List the layers, outermost first."""
    layers = [Middleware(RequestMiddleware, headers=security_headers(settings))]
    if settings.cors_origins:
        layers.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.cors_origins,
                allow_methods=["*"],
                allow_headers=["*"],
                expose_headers=["ETag", "Location", "X-Request-ID"],
            )
        )
    if settings.gzip_minimum_size:
        layers.append(Middleware(GZipMiddleware, minimum_size=settings.gzip_minimum_size))
    layers.append(Middleware(UnhandledErrorMiddleware))
    layers.append(Middleware(BodyLimitMiddleware, limit=settings.max_body_size))
    return layers


def security_headers(settings: HttpSettings) -> list[tuple[bytes, bytes]]:
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

    def __init__(self, app: ASGIApp, headers: list[tuple[bytes, bytes]]) -> None:
        self.app = app
        self.headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass anything but HTTP through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = Exchange(request_id(scope))
        scope.setdefault("state", {})["exchange"] = exchange
        extra = [*self.headers, (b"x-request-id", exchange.request_id.encode())]

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status = message["status"]
                timing = (b"server-timing", b"app;dur=%.1f" % exchange.milliseconds())
                message["headers"] = [*message["headers"], *extra, timing]
            await send(message)

        structlog.contextvars.bind_contextvars(request_id=exchange.request_id)
        try:
            await self.app(scope, receive, send_with_headers)
        finally:
            log_access(scope, exchange)
            structlog.contextvars.unbind_contextvars("request_id")


def request_id(scope: Scope) -> str:
    """Take over a well-formed X-Request-ID, so that one id follows a request through services."""
    given = dict(scope["headers"]).get(b"x-request-id", b"").decode("latin-1")
    return given if REQUEST_ID.fullmatch(given) else token_hex(16)


def log_access(scope: Scope, exchange: Exchange) -> None:
    """Write the access log: never the query, which may hold something secret."""
    status = exchange.status or 0
    if scope["path"] in QUIET_PATHS and status < HTTPStatus.BAD_REQUEST:
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


class UnhandledErrorMiddleware:
    """Answer what nothing else handled with a 500 that shows the request's id and no internals."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Log the error once; an answer that has begun can only be cut off."""
        try:
            await self.app(scope, receive, send)
        except Exception:
            if scope["type"] != "http":
                raise
            exchange: Exchange = scope["state"]["exchange"]
            log.exception("unhandled error")
            if exchange.status is not None:
                raise
            response = problem_response(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                code="internal_error",
                detail="Something went wrong on our side.",
                request_id=exchange.request_id,
            )
            await response(scope, receive, send)
