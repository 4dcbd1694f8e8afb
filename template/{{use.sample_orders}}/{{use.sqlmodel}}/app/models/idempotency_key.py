"""The table of keys by which requests are known again."""

from datetime import datetime

from sqlalchemy import Text
from sqlmodel import Field

from app.models.base import Base
from app.models.utc import UtcDateTime, utc_now


class IdempotencyKey(Base, table=True):
    """A request that was answered. Of the key and of the request only digests are kept."""

    __tablename__ = "idempotency_keys"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    digest: str = Field(max_length=64, unique=True)
    request_digest: str = Field(max_length=64)
    answer: str = Field(sa_type=Text)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, index=True)
