"""What can be done with files that are there: each is known by its id alone."""

from dataclasses import dataclass
from datetime import UTC, datetime
from os import stat_result

from anyio.to_thread import run_sync

from app.core.errors import NotFoundError
from app.core.files.draft import PART
from app.core.files.kind import HEAD, content_type_of
from app.core.files.store import FileStore
from app.schemas.file import FileQuery
from app.schemas.page import Slice


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the file system tells of a file."""

    id: str
    content_type: str
    stat: stat_result

    @property
    def name(self) -> str:
        """Call it by its id."""
        return self.id

    @property
    def size(self) -> int:
        """Count its bytes."""
        return self.stat.st_size

    @property
    def created_at(self) -> datetime:
        """Say when it was complete: it is never changed."""
        return datetime.fromtimestamp(self.stat.st_mtime, UTC)


class FileService:
    """Files in a folder."""

    def __init__(self, store: FileStore) -> None:
        self.store = store

    async def list(self, query: FileQuery) -> Slice[StoredFile]:
        """Read one page of files; one that is removed meanwhile is left out."""
        names = [name for name in await run_sync(self.store.names) if not name.endswith(PART)]
        start = (query.page - 1) * query.size
        found = [await run_sync(self.look, name) for name in names[start : start + query.size]]
        return Slice([each for each in found if each], len(names), query.page, query.size)

    async def get(self, file_id: str) -> StoredFile:
        """Find a file or raise NotFoundError."""
        file = await run_sync(self.look, file_id)
        if file is None:
            raise NotFoundError("There is no such file.", code="file_not_found")
        return file

    async def open(self, file_id: str) -> StoredFile:
        """Find a file and its bytes."""
        return await self.get(file_id)

    async def delete(self, file_id: str) -> None:
        """See that there is one; its bytes are all that there is of it."""
        await self.get(file_id)

    def look(self, file_id: str) -> StoredFile | None:
        """Ask the file system."""
        stat = self.store.find(file_id)
        head = self.store.head(file_id, HEAD) if stat else None
        if stat is None or head is None:
            return None
        return StoredFile(file_id, content_type_of(head), stat)
