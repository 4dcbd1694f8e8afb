"""The table of items."""

from typing import ClassVar, Final

from sqlalchemy import Column, Integer, UniqueConstraint
from sqlmodel import Field

from app.models.base import Base, Timestamped
from app.models.types import Key

VERSION: Final = Column("version", Integer, nullable=False)


class Item(Timestamped, Base, table=True):
    """Something that is for sale. ``version`` grows with each change.

    An owner has each name once. Without an owner it is nobody's, and only administrators see it.
    """

    __tablename__ = "items"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4
    __table_args__ = (UniqueConstraint("owner_id", "name"),)
    __mapper_args__: ClassVar[dict[str, object]] = {"version_id_col": VERSION}

    owner_id: int | None = Field(
        default=None, foreign_key="users.id", ondelete="SET NULL", sa_type=Key
    )
    name: str = Field(max_length=100)
    description: str | None = Field(default=None, max_length=1000)
    price_cents: int
    version: int = Field(default=None, sa_column=VERSION)
