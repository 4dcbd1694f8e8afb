"""The table of profiles."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, PrimaryKey, Timestamped


class Profile(Timestamped, Base):
    """What others know of a user, one for each; it goes when the user goes."""

    __tablename__ = "profiles"

    id: Mapped[PrimaryKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), unique=True)
    handle: Mapped[str] = mapped_column(String(30), unique=True)
    bio: Mapped[str] = mapped_column(String(300))
