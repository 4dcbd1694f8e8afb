"""Articles as clients see them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from app.core.http.request_model import RequestModel
from app.schemas.articles.names import Handle, Slug, TagName
from app.schemas.articles.profile import AuthorRead
from app.schemas.page import PageQuery
from app.schemas.text import Text

Title = Annotated[
    Text,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=150),
    Field(json_schema_extra={"pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"}),  # not blank
]
Summary = Annotated[Text, StringConstraints(max_length=300)]
Body = Annotated[Text, StringConstraints(max_length=10_000)]

Moment = Annotated[
    AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC), lt=datetime(2970, 1, 1, tzinfo=UTC))
]


def each_once(names: Sequence[str]) -> list[str]:
    """Sort them, and forget what is there twice."""
    return sorted(set(names))


Tags = Annotated[list[TagName], Field(max_length=10), AfterValidator(each_once)]


class ArticleCreate(RequestModel):
    """A new article, which is a draft unless it is published. The slug follows from the title."""

    title: Title
    slug: Slug | None = None
    summary: Summary = ""
    body: Body = ""
    tags: Tags = Field(default=[])
    is_published: bool = False


class ArticleUpdate(RequestModel):
    """A change: what is left out stays as it is, so no default is ever stored."""

    title: Title = Field(default="")
    slug: Slug = Field(default="")
    summary: Summary = ""
    body: Body = ""
    tags: Tags = Field(default=[])
    is_published: bool = False


class ArticlesPublish(RequestModel):
    """Which drafts are published at once."""

    slugs: Annotated[list[Slug], Field(min_length=1, max_length=100)]


class Published(BaseModel):
    """How many drafts were published."""

    published: int


class Popularity(BaseModel):
    """What others think of an article, and whether whoever asks likes it."""

    comments: int = 0
    favourites: int = 0
    is_favourite: bool = False


class ArticleSummary(BaseModel):
    """An article in a list. ``version`` is also its ETag."""

    model_config = ConfigDict(from_attributes=True)

    slug: str
    title: str
    summary: str
    author: AuthorRead
    tags: list[str]
    published_at: datetime | None
    views: int
    popularity: Popularity
    version: int
    created_at: datetime
    updated_at: datetime


class ArticleRead(ArticleSummary):
    """An article with what is written in it."""

    body: str


class ArticleQuery(PageQuery):
    """Which articles. ``title`` finds a part of the title, in either case.

    ``tag`` is any of these, ``without_tag`` none of these.
    """

    sort: Literal["created_at", "-created_at", "title", "-title", "views", "-views"] = "-created_at"
    title: Text | None = Field(default=None, max_length=150)
    author: Handle | None = None
    favourite_of: Handle | None = None
    tag: Annotated[list[TagName], Field(max_length=10)] | None = None
    without_tag: Annotated[list[TagName], Field(max_length=10)] | None = None
    published: bool | None = None
    published_from: Moment | None = None
    published_to: Moment | None = None
