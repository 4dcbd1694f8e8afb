"""The table of users."""

from datetime import datetime

from sqlmodel import Field

from app.models.base import Base, Timestamped
from app.models.utc import UtcDateTime


class User(Timestamped, Base, table=True):
    """Somebody who signs in; not before the e-mail is verified, and not once deactivated."""

    __tablename__ = "users"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    email: str = Field(max_length=254, unique=True)
    password_hash: str = Field(max_length=255)
    role: str = Field(max_length=20)
    is_active: bool = True
    verified_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
