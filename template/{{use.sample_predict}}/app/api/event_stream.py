"""Server-sent events that answer one request (HTML, 9.2)."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Final

from fastapi.sse import EventSourceResponse, format_sse_event
from pydantic import BaseModel
from starlette.datastructures import Headers
from starlette.types import Receive, Scope, Send

from app.core.errors import AppError

EVENTS: Final = "text/event-stream"
HEADERS: Final = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


class Piece(BaseModel):
    """A part of an answer."""

    text: str


class Broken(BaseModel):
    """Why there is no more of it."""

    status: int
    code: str
    detail: str


def wants_events(headers: Headers) -> bool:
    """Tell from ``Accept`` whether the client names events; ``*/*`` does not."""
    given = ",".join(headers.getlist("accept"))
    return EVENTS in {each.split(";", 1)[0].strip().lower() for each in given.split(",")}


class PieceStream(EventSourceResponse):
    """Sends ``event: piece`` for each, then ``done``, or ``error``: else it is not complete.

    What ``first`` came from is closed in the end, whoever ends it.
    """

    def __init__(self, first: str, rest: AsyncGenerator[str]) -> None:
        super().__init__(events(first, rest), headers=HEADERS)
        self.rest = rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it for as long as somebody listens."""
        async with aclosing(self.rest):
            await super().__call__(scope, receive, send)


async def events(first: str, rest: AsyncGenerator[str]) -> AsyncGenerator[bytes]:
    """Write the events; an error that comes too late for a status is one, too."""
    yield written("piece", Piece(text=first))
    try:
        async for text in rest:
            yield written("piece", Piece(text=text))
    except AppError as error:
        told = Broken(status=error.status, code=error.code, detail=error.detail)
        yield written("error", told)
    else:
        yield format_sse_event(event="done", data_str="{}")


def written(kind: str, body: BaseModel) -> bytes:
    """Write one."""
    return format_sse_event(event=kind, data_str=body.model_dump_json())
