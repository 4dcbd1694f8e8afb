"""Comments as clients see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.core.http.request_model import RequestModel
from app.schemas.articles.profile import AuthorRead
from app.schemas.page import PageQuery
from app.schemas.text import Text


class CommentCreate(RequestModel):
    """What somebody says of an article."""

    body: Annotated[
        Text,
        StringConstraints(strip_whitespace=True, min_length=1, max_length=2000),
        Field(json_schema_extra={"pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"}),  # not blank
    ]


class CommentRead(BaseModel):
    """What somebody said; of whoever is gone, there is no author."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    author: AuthorRead | None
    body: str
    created_at: datetime


class CommentQuery(PageQuery):
    """Which comments of an article."""

    sort: Literal["created_at", "-created_at"] = "created_at"
