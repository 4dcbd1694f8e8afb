"""What is told of files that have come. Nothing of it is kept but the files themselves."""

from collections.abc import Sequence
from datetime import UTC, datetime

from app.schemas.file import FileSent, FilesRead
from app.services.upload import Incoming


class FileRecords:
    """Answers for an upload."""

    async def add(self, files: Sequence[Incoming]) -> FilesRead:
        """Tell what came."""
        return FilesRead(items=[sent(each) for each in files])

    async def lacks(self, files: Sequence[Incoming]) -> bool:
        """Nothing is known of any."""
        return bool(files)


def sent(file: Incoming) -> FileSent:
    """Describe one."""
    return FileSent(
        id=file.draft.stored_name,
        name=file.name,
        content_type=file.content_type,
        size=file.draft.size,
        sha256=file.draft.sha256,
        created_at=datetime.now(UTC),
    )
