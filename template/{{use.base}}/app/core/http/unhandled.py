"""The errors that nobody expected."""

from http import HTTPStatus
from typing import Final

import structlog
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from app.core.http.exchange import Exchange
from app.core.http.problem import problem_response
from app.core.http.socket import refusal

log = structlog.stdlib.get_logger()

INTERNAL_ERROR: Final = "internal_error"


class UnhandledErrorMiddleware:
    """Answer what nothing else handled with a 500 that shows the request's id and no internals."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Log the error once; an answer that has begun can only be cut off."""
        try:
            await self.app(scope, receive, send)
        except Exception:
            if scope["type"] == "lifespan":
                raise
            exchange: Exchange = scope["state"]["exchange"]
            log.exception("unhandled error")
            if exchange.status is not None and scope["type"] == "http":
                raise
            problem = problem_response(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                code=INTERNAL_ERROR,
                detail="Something went wrong on our side.",
                request_id=exchange.request_id,
            )
            await refusal(HTTPConnection(scope), problem, INTERNAL_ERROR)(scope, receive, send)
