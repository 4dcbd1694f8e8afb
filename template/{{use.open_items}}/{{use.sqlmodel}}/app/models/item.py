"""The table of items."""

from typing import ClassVar, Final

from sqlalchemy import Column, Integer
from sqlmodel import Field

from app.models.base import Base, Timestamped

VERSION: Final = Column("version", Integer, nullable=False)


class Item(Timestamped, Base, table=True):
    """Something that is for sale. ``version`` grows with each change."""

    __tablename__ = "items"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4
    __mapper_args__: ClassVar[dict[str, object]] = {"version_id_col": VERSION}

    name: str = Field(max_length=100, unique=True)
    description: str | None = Field(default=None, max_length=1000)
    price_cents: int
    version: int = Field(default=None, sa_column=VERSION)
