"""The table of articles."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.articles.profile import Profile
from app.models.articles.tag import Tag
from app.models.base import Base, PrimaryKey, Timestamped
from app.models.utc import UtcDateTime


class Article(Timestamped, Base):
    """What somebody wrote: a draft until it is published. ``version`` grows with each change.

    Nobody who has articles is deleted: first decide what becomes of them. ``is_live`` is NULL once
    it is deleted, and no NULL equals another: so its slug is free again. A relation is loaded
    when a query says so, and never by itself.
    """

    __tablename__ = "articles"
    __table_args__ = (UniqueConstraint("slug", "is_live"),)

    id: Mapped[PrimaryKey]
    author_id: Mapped[int] = mapped_column(
        ForeignKey("profiles.id", ondelete="RESTRICT"), index=True
    )
    slug: Mapped[str] = mapped_column(String(100))
    is_live: Mapped[bool | None] = mapped_column(default=True)
    title: Mapped[str] = mapped_column(String(150))
    summary: Mapped[str] = mapped_column(String(300))
    body: Mapped[str] = mapped_column(Text)
    views: Mapped[int] = mapped_column(default=0)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    deleted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column()

    author: Mapped[Profile] = relationship(lazy="raise")
    tags: Mapped[list[Tag]] = relationship(secondary="article_tags", lazy="raise")

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - as SQLAlchemy wants it
