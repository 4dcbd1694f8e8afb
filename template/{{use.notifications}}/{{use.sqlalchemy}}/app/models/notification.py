"""The table of notifications."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, PrimaryKey
from app.models.utc import UtcDateTime, utc_now


class Notification(Base):
    """What somebody is told. ``recipient`` is the subject of whoever it is for."""

    __tablename__ = "notifications"

    id: Mapped[PrimaryKey]
    recipient: Mapped[str] = mapped_column(String(100), index=True)
    kind: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(String(500))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, index=True)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
