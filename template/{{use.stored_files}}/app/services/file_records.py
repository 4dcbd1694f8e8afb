"""What is known of files, stored while no transfer runs."""

from collections.abc import Callable, Sequence

from app.core.database.session import Database, Session, transaction
from app.core.errors import UnavailableError
from app.repositories.file import FileRepository
from app.schemas.file import FileRead, FilesRead
from app.services.upload import Incoming

Repository = Callable[[Session], FileRepository]


class FileRecords:
    """Rows of files. Each call is a transaction of its own, open for no longer than that."""

    def __init__(self, database: Database, repository: Repository) -> None:
        self.database = database
        self.repository = repository

    async def add(self, files: Sequence[Incoming]) -> FilesRead:
        """Store a row for each, all or none."""
        async with transaction(self.database) as session:
            repository = self.repository(session)
            rows = [await repository.add(values_of(each)) for each in files]
            return FilesRead(items=[FileRead.model_validate(row) for row in rows])

    async def lacks(self, files: Sequence[Incoming]) -> bool:
        """Tell whether no row was stored; a commit whose answer was lost may have done so."""
        names = [each.draft.stored_name for each in files]
        try:
            async with transaction(self.database) as session:
                return not await self.repository(session).known(names)
        except UnavailableError:
            return False


def values_of(file: Incoming) -> dict[str, object]:
    """Say what is known of a file that has come."""
    return {
        "stored_name": file.draft.stored_name,
        "name": file.name,
        "content_type": file.content_type,
        "size": file.draft.size,
        "sha256": file.draft.sha256,
    }
