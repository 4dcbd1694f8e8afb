"""A limit on the size of requests."""

from http import HTTPStatus

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class BodyLimitMiddleware:
    """Refuse a body of more than ``limit`` bytes with 413, at the latest while it is read.

    Starlette's own limit answers in plain text, and from outside all other middleware.
    """

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app = app
        self.limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Leave a request without a body alone."""
        if scope["type"] == "http" and has_body(scope):
            receive = self.limited(receive, announced_size(scope))
        await self.app(scope, receive, send)

    def limited(self, receive: Receive, announced: int) -> Receive:
        """Count what comes; what is announced as too large is not read at all."""
        received = 0

        async def receive_limited() -> Message:
            nonlocal received
            if announced > self.limit:
                raise self.refusal()
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.limit:
                raise self.refusal()
            return message

        return receive_limited

    def refusal(self) -> HTTPException:
        """Say how much is allowed, and hang up: what is left of the body would have to be read."""
        detail = f"The body of a request may have at most {self.limit} bytes."
        headers = {"Connection": "close"}
        return HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail, headers)


def has_body(scope: Scope) -> bool:
    """Tell from the headers whether a body follows (RFC 9112, section 6)."""
    return any(name in (b"content-length", b"transfer-encoding") for name, _ in scope["headers"])


def announced_size(scope: Scope) -> int:
    """Read Content-Length; 0 when the size is not known beforehand."""
    length = Headers(scope=scope).get("content-length", "")
    return int(length) if length.isdecimal() else 0
