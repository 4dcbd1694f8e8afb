"""The table of notifications."""

from datetime import datetime

from sqlmodel import Field

from app.models.base import Base
from app.models.utc import UtcDateTime, utc_now


class Notification(Base, table=True):
    """What somebody is told. ``recipient`` is the subject of whoever it is for."""

    __tablename__ = "notifications"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    recipient: str = Field(max_length=100, index=True)
    kind: str = Field(max_length=64)
    text: str = Field(max_length=500)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, index=True)
    read_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
