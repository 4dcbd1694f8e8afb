"""The table of tags."""

from sqlmodel import Field

from app.models.base import Base


class Tag(Base, table=True):
    """A word that articles have in common."""

    __tablename__ = "tags"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4

    name: str = Field(max_length=30, unique=True)
