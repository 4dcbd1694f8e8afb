"""Where the files of one owner are kept."""

from collections.abc import Mapping

from app.core.database.session import Session
from app.models.file import File
from app.repositories.file import FileRepository
from app.schemas.file import FileQuery
from app.schemas.owned_file import OwnedFileQuery
from app.schemas.page import Slice


class OwnedFileRepository(FileRepository):
    """Queries on the files of one owner: those of others are not found (OWASP API1:2023).

    Whoever ``sees_all`` finds everybody's; what they send is their own.
    """

    def __init__(self, session: Session, owner: str, *, sees_all: bool) -> None:
        super().__init__(session)
        self.owner = owner
        self.sees_all = sees_all

    async def get(self, stored_name: str) -> File | None:
        """Find one by its random name."""
        file = await super().get(stored_name)
        return file if self.sees_all or (file and file.owner == self.owner) else None

    async def list(self, query: FileQuery) -> Slice[File]:
        """Read one page."""
        owner = None if self.sees_all else self.owner
        return await super().list(OwnedFileQuery(**query.model_dump(), owner=owner))

    async def add(self, values: Mapping[str, object]) -> File:
        """Store a new one."""
        return await super().add({**values, "owner": self.owner})
