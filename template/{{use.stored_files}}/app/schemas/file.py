"""Files as clients see them."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.page import PageQuery
from app.schemas.text import Text


class FileRead(BaseModel):
    """A stored file: ``size`` in bytes, its type told by its content."""

    model_config = ConfigDict(from_attributes=True)

    id: str = Field(validation_alias="stored_name")
    name: str
    content_type: str
    size: int
    sha256: str
    created_at: datetime


class FilesRead(BaseModel):
    """What was stored of a form."""

    items: list[FileRead]


class FileQuery(PageQuery):
    """Which files; the newest first, unless asked for otherwise.

    ``name`` finds a part of the name, in either case.
    """

    sort: Literal["created_at", "-created_at", "name", "-name", "size", "-size"] = "-created_at"
    name: Text | None = Field(default=None, max_length=255)
