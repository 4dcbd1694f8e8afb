"""The feed: pages that begin where the last one ended, whatever is published meanwhile."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from app.core.http.request_model import RequestModel
from app.schemas.articles.article import ArticleSummary


@dataclass(frozen=True, slots=True)
class Position:
    """The place of an article in the feed, which no other has."""

    published_at: datetime
    id: int

    def __str__(self) -> str:
        """Give it to a client, who hands it back as it is."""
        return urlsafe_b64encode(f"{self.published_at.isoformat()} {self.id}".encode()).decode()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what a client hands back, or raise ValueError."""
        moment, _, number = urlsafe_b64decode(text.encode()).decode().partition(" ")
        position = cls(datetime.fromisoformat(moment), int(number))
        if position.published_at.utcoffset() != timedelta(0) or not 0 < position.id < 2**63:
            raise ValueError("no article is there")
        return position


def readable(text: str) -> str:
    """Refuse what is no position."""
    try:
        Position.parse(text)
    except ValueError as error:
        raise PydanticCustomError("position", "It should be the `next` of another page") from error
    return text


class FeedQuery(RequestModel):
    """Which part of the feed: the newest, or those after the ``next`` of another page."""

    after: Annotated[str, Field(max_length=100), AfterValidator(readable)] | None = None
    size: int = Field(default=20, ge=1, le=100)


class FeedPage(BaseModel):
    """Some articles, and where the next page begins; there is none when ``next`` is null."""

    items: list[ArticleSummary]
    next: str | None
