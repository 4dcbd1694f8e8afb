"""The table of tasks that were handed in."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, PrimaryKey
from app.models.utc import UtcDateTime


class OutboxMessage(Base):
    """A task. Unless it is done by ``due_at``, it is published again; without, it is given up."""

    __tablename__ = "outbox"

    id: Mapped[PrimaryKey]
    task: Mapped[str] = mapped_column(String(100))
    arguments: Mapped[str] = mapped_column(Text)
    context: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
