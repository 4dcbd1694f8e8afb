"""What every table shares."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from app.models.naming import NAMING_CONVENTION
from app.models.types import Key
from app.models.utc import UtcDateTime, utc_now

SQLModel.metadata.naming_convention = NAMING_CONVENTION


class Base(SQLModel):
    """What all tables inherit. They do not validate what they are given: schemas do."""

    id: int = Field(default=None, sa_type=Key, primary_key=True)


class Timestamped(SQLModel):
    """When a row was made and last changed."""

    created_at: datetime = Field(default_factory=utc_now, sa_type=UtcDateTime, index=True)
    updated_at: datetime = Field(
        default_factory=utc_now, sa_type=UtcDateTime, sa_column_kwargs={"onupdate": utc_now}
    )
