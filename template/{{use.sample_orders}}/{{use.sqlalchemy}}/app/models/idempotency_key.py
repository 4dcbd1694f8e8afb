"""The table of keys by which requests are known again."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, PrimaryKey
from app.models.utc import UtcDateTime, utc_now


class IdempotencyKey(Base):
    """A request that was answered. Of the key and of the request only digests are kept."""

    __tablename__ = "idempotency_keys"

    id: Mapped[PrimaryKey]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    request_digest: Mapped[str] = mapped_column(String(64))
    answer: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, index=True)
