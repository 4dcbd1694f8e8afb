"""The table of comments."""

from datetime import datetime

from sqlmodel import Field, Relationship

from app.models.articles.profile import Profile
from app.models.base import Base
from app.models.types import Key
from app.models.utc import UtcDateTime, utc_now


class Comment(Base, table=True):
    """What somebody said. It goes with the article, and stays when its author goes."""

    __tablename__ = "comments"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    article_id: int = Field(foreign_key="articles.id", ondelete="CASCADE", index=True, sa_type=Key)
    author_id: int | None = Field(
        foreign_key="profiles.id", ondelete="SET NULL", index=True, sa_type=Key
    )
    body: str = Field(max_length=2000)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)

    author: Profile | None = Relationship(sa_relationship_kwargs={"lazy": "raise"})
