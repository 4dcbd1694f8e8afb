"""What every table shares."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from app.models.naming import NAMING_CONVENTION
from app.models.types import Key
from app.models.utc import UtcDateTime, utc_now

PrimaryKey = Annotated[int, mapped_column(Key, primary_key=True)]


class Base(DeclarativeBase):
    """What all models inherit."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


class Timestamped:
    """When a row was made and last changed."""

    created_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, index=True)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime, default=utc_now, onupdate=utc_now)
