"""The table of sign-ins that have not succeeded."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, PrimaryKey
from app.models.utc import UtcDateTime, utc_now


class LoginFailure(Base):
    """An attempt to sign in. ``account`` is the digest of an e-mail, of a user or of nobody."""

    __tablename__ = "login_failures"

    id: Mapped[PrimaryKey]
    account: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[str] = mapped_column(String(45), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, index=True)
