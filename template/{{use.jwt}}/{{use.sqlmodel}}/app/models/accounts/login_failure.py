"""The table of sign-ins that have not succeeded."""

from datetime import datetime

from sqlmodel import Field

from app.models.base import Base
from app.models.utc import UtcDateTime, utc_now


class LoginFailure(Base, table=True):
    """An attempt to sign in. ``account`` is the digest of an e-mail, of a user or of nobody."""

    __tablename__ = "login_failures"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    account: str = Field(max_length=64, index=True)
    address: str = Field(max_length=45, index=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, index=True)
