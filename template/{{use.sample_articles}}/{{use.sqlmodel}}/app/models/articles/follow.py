"""The table of who follows whom."""

from sqlmodel import Field, SQLModel

from app.models.types import Key


class Follow(SQLModel, table=True):
    """Somebody follows somebody; it goes with either."""

    __tablename__ = "follows"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    follower_id: int = Field(
        foreign_key="profiles.id", ondelete="CASCADE", primary_key=True, sa_type=Key
    )
    followed_id: int = Field(
        foreign_key="profiles.id", ondelete="CASCADE", primary_key=True, index=True, sa_type=Key
    )
