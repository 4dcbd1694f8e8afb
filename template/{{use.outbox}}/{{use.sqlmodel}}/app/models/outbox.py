"""The table of tasks that were handed in."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from app.models.base import Base
from app.models.utc import UtcDateTime


class OutboxMessage(Base, table=True):
    """A task. Unless it is done by ``due_at``, it is published again; without, it is given up."""

    __tablename__ = "outbox"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    task: str = Field(max_length=100)
    arguments: str = Field(sa_type=Text)
    context: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
