"""Which files, where they have owners."""

from app.schemas.file import FileQuery


class OwnedFileQuery(FileQuery):
    """What a repository is asked; clients cannot choose whose files they see."""

    owner: str | None
