"""The table of comments."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.articles.profile import Profile
from app.models.base import Base, PrimaryKey
from app.models.utc import UtcDateTime, utc_now


class Comment(Base):
    """What somebody said. It goes with the article, and stays when its author goes."""

    __tablename__ = "comments"

    id: Mapped[PrimaryKey]
    article_id: Mapped[int] = mapped_column(
        ForeignKey("articles.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("profiles.id", ondelete="SET NULL"), index=True
    )
    body: Mapped[str] = mapped_column(String(2000))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now)

    author: Mapped[Profile | None] = relationship(lazy="raise")
