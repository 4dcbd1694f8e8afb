"""The table of profiles."""

from sqlmodel import Field

from app.models.base import Base, Timestamped
from app.models.types import Key


class Profile(Timestamped, Base, table=True):
    """What others know of a user, one for each; it goes when the user goes."""

    __tablename__ = "profiles"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    user_id: int = Field(foreign_key="users.id", ondelete="CASCADE", unique=True, sa_type=Key)
    handle: str = Field(max_length=30, unique=True)
    bio: str = Field(max_length=300)
