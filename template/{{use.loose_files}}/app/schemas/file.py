"""Files as clients see them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from app.schemas.page import PageQuery


class FileRead(BaseModel):
    """A file that is kept: ``size`` in bytes, its type told by its content."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    content_type: str
    size: int
    created_at: datetime


class FileSent(FileRead):
    """A file that has just come. Its name and its digest are not kept."""

    name: str
    sha256: str


class FilesRead(BaseModel):
    """What came with a form."""

    items: list[FileSent]


class FileQuery(PageQuery):
    """Which files, in the order of their ids."""
