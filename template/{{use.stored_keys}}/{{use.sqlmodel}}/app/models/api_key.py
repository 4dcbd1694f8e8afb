"""The table of keys."""

from datetime import datetime

from sqlmodel import Field

from app.models.base import Base
from app.models.utc import UtcDateTime, utc_now


class ApiKey(Base, table=True):
    """What proves a program. Of its secret only the digest is kept; ``scopes`` are words."""

    __tablename__ = "api_keys"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    subject: str = Field(max_length=100, index=True)
    name: str = Field(max_length=100)
    prefix: str = Field(max_length=12, unique=True)
    digest: str = Field(max_length=64)
    scopes: str = Field(max_length=2000)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
