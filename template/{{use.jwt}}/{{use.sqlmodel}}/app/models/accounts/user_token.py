"""The table of tokens that are sent by e-mail."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.models.base import Base
from app.models.types import Key
from app.models.utc import UtcDateTime, utc_now


class UserToken(Base, table=True):
    """A token that works once, of which only the digest is kept; each user has one a purpose."""

    __tablename__ = "user_tokens"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4
    __table_args__ = (UniqueConstraint("user_id", "purpose"),)

    user_id: int = Field(foreign_key="users.id", ondelete="CASCADE", sa_type=Key)
    purpose: str = Field(max_length=20)
    digest: str = Field(max_length=64, unique=True)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
