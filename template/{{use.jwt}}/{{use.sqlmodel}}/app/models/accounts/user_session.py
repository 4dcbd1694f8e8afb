"""The table of sessions."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.models.types import Key
from app.models.utc import UtcDateTime, utc_now


class UserSession(SQLModel, table=True):
    """What began with a sign-in. ``refresh_digest`` is of the one refresh token that is good."""

    __tablename__ = "user_sessions"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    id: str = Field(max_length=32, primary_key=True)
    user_id: int = Field(foreign_key="users.id", ondelete="CASCADE", sa_type=Key, index=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    refresh_digest: str = Field(max_length=64)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    last_used_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    address: str = Field(max_length=45)
