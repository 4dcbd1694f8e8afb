"""Lists come in pages."""

from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from app.core.http.request_model import RequestModel

Element = TypeVar("Element")


class PageQuery(RequestModel):
    """Which part of a list.

    A subclass declares its filters, and as ``sort`` the fields that a list may be ordered by ("-"
    in front: descending). Anything else in the query is refused.
    """

    page: int = Field(default=1, ge=1, le=1_000_000)
    size: int = Field(default=20, ge=1, le=100)


class Page(BaseModel, Generic[Element]):
    """One part of a list; ``total`` and ``pages`` count what matches in all."""

    model_config = ConfigDict(from_attributes=True)

    items: list[Element]
    total: int
    page: int
    size: int
    pages: int


@dataclass(frozen=True, slots=True)
class Slice(Generic[Element]):
    """What a repository returns for a Page."""

    items: list[Element]
    total: int
    page: int
    size: int

    @property
    def pages(self) -> int:
        """Count the pages; there is none when nothing matches."""
        return ceil(self.total / self.size)
