"""What can be done with files that are there."""

from dataclasses import dataclass
from os import stat_result

import structlog
from anyio.to_thread import run_sync

from app.core.errors import NotFoundError
from app.core.files.store import FileStore
from app.models.file import File
from app.repositories.file import FileRepository
from app.schemas.file import FileQuery
from app.schemas.page import Slice

log = structlog.stdlib.get_logger()

StoredFile = File
"""What a route gets of a file."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose bytes are there."""

    name: str
    content_type: str
    stat: stat_result


class FileService:
    """Rules on files."""

    def __init__(self, files: FileRepository, store: FileStore) -> None:
        self.files = files
        self.store = store

    async def list(self, query: FileQuery) -> Slice[File]:
        """Read one page of files."""
        return await self.files.list(query)

    async def get(self, stored_name: str) -> File:
        """Find a file or raise NotFoundError."""
        file = await self.files.get(stored_name)
        if file is None:
            raise no_such_file()
        return file

    async def open(self, stored_name: str) -> Opened:
        """Find a file and its bytes."""
        file = await self.get(stored_name)
        stat = await run_sync(self.store.find, stored_name)
        if stat is None:
            log.error("bytes missing", file=stored_name)
            raise no_such_file()
        return Opened(file.name, file.content_type, stat)

    async def delete(self, stored_name: str) -> None:
        """Forget a file; its bytes go after the commit."""
        await self.files.delete(await self.get(stored_name))


def no_such_file() -> NotFoundError:
    """Say the same whether there is none or it is somebody else's."""
    return NotFoundError("There is no such file.", code="file_not_found")
