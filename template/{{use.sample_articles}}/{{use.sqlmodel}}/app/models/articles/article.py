"""The table of articles."""

from datetime import datetime
from typing import ClassVar, Final

from sqlalchemy import Column, Integer, Text, UniqueConstraint
from sqlmodel import Field, Relationship

from app.models.articles.article_tag import ArticleTag
from app.models.articles.profile import Profile
from app.models.articles.tag import Tag
from app.models.base import Base, Timestamped
from app.models.types import Key
from app.models.utc import UtcDateTime

VERSION: Final = Column("version", Integer, nullable=False)


class Article(Timestamped, Base, table=True):
    """What somebody wrote: a draft until it is published. ``version`` grows with each change.

    Nobody who has articles is deleted: first decide what becomes of them. ``is_live`` is NULL once
    it is deleted, and no NULL equals another: so its slug is free again. A relation is loaded
    when a query says so, and never by itself.
    """

    __tablename__ = "articles"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4
    __table_args__ = (UniqueConstraint("slug", "is_live"),)
    __mapper_args__: ClassVar[dict[str, object]] = {"version_id_col": VERSION}

    author_id: int = Field(foreign_key="profiles.id", ondelete="RESTRICT", index=True, sa_type=Key)
    slug: str = Field(max_length=100)
    is_live: bool | None = True
    title: str = Field(max_length=150)
    summary: str = Field(max_length=300)
    body: str = Field(sa_type=Text)
    views: int = 0
    published_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    deleted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = Field(default=None, sa_column=VERSION)

    author: Profile = Relationship(sa_relationship_kwargs={"lazy": "raise"})
    tags: list[Tag] = Relationship(link_model=ArticleTag, sa_relationship_kwargs={"lazy": "raise"})
