"""Files for tests, in a folder of each test's own."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypedDict

from httpx2 import AsyncClient, Response

from app.core.files.store import FileStore
from app.core.lifespan import State

FILES: Final = "/api/v1/files"
PNG: Final = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1"
FORM: Final = {"Content-Type": "multipart/form-data; boundary=limit"}


class FileBody(TypedDict):
    """A file, as the service shows it."""

    id: str
    name: str
    content_type: str
    size: int
    sha256: str
    created_at: str


@asynccontextmanager
async def own_folder(state: State) -> AsyncGenerator[None]:
    """Keep the files of one test apart."""
    with TemporaryDirectory() as folder:
        state["files"] = FileStore(Path(folder) / "uploads")
        yield


def part(filename: str | bytes, content: bytes = b"hello", field: str = "file") -> bytes:
    """Write a field of a form, as it is."""
    name = filename.encode() if isinstance(filename, str) else filename
    head = b'Content-Disposition: form-data; name="%b"; filename="%b"' % (field.encode(), name)
    return b"--limit\r\n%b\r\nContent-Type: application/x-lie\r\n\r\n%b\r\n" % (head, content)


def form(*parts: bytes) -> bytes:
    """Put fields together."""
    return b"".join(parts) + b"--limit--\r\n"


async def send(client: AsyncClient, *parts: bytes) -> Response:
    """Send a form of these fields."""
    return await client.post(FILES, content=form(*parts), headers=FORM)


async def stored(client: AsyncClient, content: bytes = b"hello", name: str = "a.txt") -> FileBody:
    """Store one file."""
    response = await send(client, part(name, content))
    assert response.status_code == 201
    return response.json()["items"][0]


def content_of(file: FileBody) -> str:
    """Say where a file's bytes are."""
    return f"{FILES}/{file['id']}/content"


async def pieces(*given: bytes, ends: bool = True) -> AsyncIterator[bytes]:
    """Send a body piece by piece; one that does not end waits for ever."""
    for piece in given:
        yield piece
    if not ends:
        await asyncio.Event().wait()
