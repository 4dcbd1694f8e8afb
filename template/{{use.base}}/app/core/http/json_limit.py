"""Limits on JSON, which few bytes can make dear to parse, to check and to write again."""

from http import HTTPStatus
from itertools import accumulate
from json import detect_encoding
from typing import Final

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STEPS: Final = {**dict.fromkeys(b"[{", 1), **dict.fromkeys(b"]}", -1)}
NO_BRACKETS: Final = bytes(set(range(256)) - STEPS.keys())


class JsonLimitMiddleware:
    """Refuse JSON of too many ``values`` or too great a ``depth`` before it is parsed.

    The server may set both (RFC 8259, section 9). They are read off the bytes, which takes a small
    part of the time of parsing; FastAPI holds the whole body in memory as well.
    """

    def __init__(self, app: ASGIApp, values: int, depth: int) -> None:
        self.app = app
        self.values = values
        self.depth = depth

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Leave everything but JSON alone."""
        if scope["type"] == "http" and is_json(scope):
            receive = self.limited(receive)
        await self.app(scope, receive, send)

    def limited(self, receive: Receive) -> Receive:
        """Hand the body out in one piece, once it has come and was looked at."""
        begun = False

        async def receive_whole() -> Message:
            nonlocal begun
            if begun:
                return await receive()
            begun = True
            message = await whole(receive)
            self.check(message.get("body", b""))
            return message

        return receive_whole

    def check(self, body: bytes) -> None:
        """Count exactly only where the bytes could hold too much."""
        if not detect_encoding(body).startswith("utf-8"):
            raise refused("JSON has to be in UTF-8 (RFC 8259, section 8.1).")
        if count(body) > self.values or brackets(body) > self.depth:
            self.check_bare(without_strings(body))

    def check_bare(self, bare: bytes) -> None:
        """Look at what stands outside of strings."""
        if count(bare) > self.values:
            detail = f"The JSON of a request may have at most {self.values} values."
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
        if depth(bare) > self.depth:
            raise refused(f"The JSON of a request may be nested at most {self.depth} deep.")


async def whole(receive: Receive) -> Message:
    """Gather the body; that a client has gone is handed on as ever."""
    parts: list[bytes] = []
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return message
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return {"type": "http.request", "body": b"".join(parts), "more_body": False}


def is_json(scope: Scope) -> bool:
    """Tell from Content-Type, as FastAPI does."""
    for name, value in scope["headers"]:
        if name == b"content-type":
            kind = value.split(b";", 1)[0].strip().lower()
            return kind.startswith(b"application/") and kind.endswith((b"/json", b"+json"))
    return False


def count(body: bytes) -> int:
    """Count what stands in objects and arrays: behind a bracket, or behind a comma."""
    return brackets(body) + body.count(b",")


def brackets(body: bytes) -> int:
    """Count what begins an object or an array."""
    return body.count(b"[") + body.count(b"{")


def without_strings(body: bytes) -> bytes:
    """Leave out what stands between quotes, once no quote is escaped any more."""
    unescaped = body.replace(b"\\\\", b"").replace(b'\\"', b"")
    return b"".join(unescaped.split(b'"')[::2])


def depth(bare: bytes) -> int:
    """Measure how deep the brackets go."""
    steps = map(STEPS.__getitem__, bare.translate(None, NO_BRACKETS))
    return max(accumulate(steps), default=0)


def refused(detail: str) -> HTTPException:
    """Answer as where JSON cannot be read."""
    return HTTPException(HTTPStatus.BAD_REQUEST, detail)
