"""Bytes on their way, in and out."""

from collections.abc import AsyncIterator
from http import HTTPStatus
from os import stat_result
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Protocol

from fastapi import Header, Request
from starlette.requests import ClientDisconnect
from starlette.responses import FileResponse, Response
from starlette.types import Message, Receive, Scope, Send

from app.core.errors import AppError
from app.core.files.errors import IncompleteUploadError

INERT: Final = MappingProxyType(
    {
        "Cache-Control": "private, no-cache",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
)
"""Nothing of what somebody sent may run as if it were ours, whatever a browser makes of it."""

IfNoneMatch = Annotated[str | None, Header(description="What the client holds")]


class RangeError(AppError):
    """There are no such bytes (RFC 9110, section 15.5.17)."""

    status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
    code = "range_not_satisfiable"

    def __init__(self, size: str) -> None:
        super().__init__("The file has no such range.")
        self.headers = MappingProxyType({"Content-Range": f"bytes */{size}"})


class Download(FileResponse):
    """A file, or the parts of it that are asked for."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse parts that there are not, as any error is answered."""

        async def send_or_refuse(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] >= 400:  # noqa: PLR2004
                raise RangeError(self.headers["content-length"])
            await send(message)

        await super().__call__(scope, receive, send_or_refuse)


class Delivered(Protocol):
    """What is known of a file whose bytes are there."""

    @property
    def name(self) -> str:
        """What it was called."""
        ...

    @property
    def content_type(self) -> str:
        """What it is."""
        ...

    @property
    def stat(self) -> stat_result:
        """How large it is, and how old."""
        ...


def deliver(file: Delivered, path: Path, if_none_match: str | None) -> Response:
    """Send a file, or ranges of it; 304 when the client holds it: its name tells it for ever."""
    headers = {**INERT, "ETag": f'"{path.name}"'}
    if is_held(headers["ETag"], if_none_match):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Download(
        path,
        headers=headers,
        media_type=file.content_type,
        filename=file.name,
        stat_result=file.stat,
    )


async def body_of(request: Request) -> AsyncIterator[bytes]:
    """Read a body as it comes; raise IncompleteUploadError when its client leaves."""
    try:
        async for chunk in request.stream():
            yield chunk
    except ClientDisconnect as error:
        raise IncompleteUploadError("The upload was broken off.") from error


def is_held(tag: str, if_none_match: str | None) -> bool:
    """Tell whether the client has it already (RFC 9110, section 13.1.2)."""
    known = (each.strip().removeprefix("W/") for each in (if_none_match or "").split(","))
    return not {tag, "*"}.isdisjoint(known)
