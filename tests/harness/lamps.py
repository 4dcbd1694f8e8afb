"""A table of one's own with a column of each type that people use, and what becomes of it later."""

from typing import Final

SQLALCHEMY: Final = '''\
"""Lamps: a column of each type that people use."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, PrimaryKey, Timestamped
from app.models.utc import UtcDateTime


class Shade(StrEnum):
    """How much light it lets through."""

    PALE = "pale"
    DARK = "dark"


class Lamp(Timestamped, Base):
    """Something that gives light to its owner."""

    __tablename__ = "lamps"
    __table_args__ = (
        CheckConstraint("watts > 0", name="watts"),
        UniqueConstraint("owner_id", "name"),
        Index(None, "made_on", "shade"),
    )

    id: Mapped[PrimaryKey]
    owner_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(100))
    note: Mapped[str | None] = mapped_column(Text)
    watts: Mapped[int]
    lumens: Mapped[int] = mapped_column(BigInteger)
    price: Mapped[Decimal] = mapped_column(Numeric(10, 2))
    weight: Mapped[float]
    is_lit: Mapped[bool] = mapped_column(default=False)
    made_on: Mapped[date]
    made_at: Mapped[time]
    sold_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    serial: Mapped[UUID] = mapped_column(unique=True)
    shade: Mapped[Shade]
    parts: Mapped[dict[str, object]] = mapped_column(JSON)
    image: Mapped[bytes | None]
    grade: Mapped[int] = mapped_column(server_default="1")
'''

SQLMODEL: Final = '''\
"""Lamps: a column of each type that people use."""

from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import JSON, BigInteger, CheckConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field

from app.models.base import Base, Timestamped
from app.models.utc import UtcDateTime


class Shade(StrEnum):
    """How much light it lets through."""

    PALE = "pale"
    DARK = "dark"


class Lamp(Timestamped, Base, table=True):
    """Something that gives light to its owner."""

    __tablename__ = "lamps"  # pyright: ignore[reportAssignmentType] - declared for SQLAlchemy 1.4
    __table_args__ = (
        CheckConstraint("watts > 0", name="watts"),
        UniqueConstraint("owner_id", "name"),
        Index(None, "made_on", "shade"),
    )

    owner_id: int = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    name: str = Field(max_length=100)
    note: str | None = Field(default=None, sa_type=Text)
    watts: int
    lumens: int = Field(sa_type=BigInteger)
    price: Decimal = Field(max_digits=10, decimal_places=2)
    weight: float
    is_lit: bool = False
    made_on: date
    made_at: time
    sold_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    serial: UUID = Field(unique=True)
    shade: Shade
    parts: dict[str, object] = Field(sa_type=JSON)
    image: bytes | None = None
    grade: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
'''

TORTOISE: Final = '''\
"""Lamps: a column of each type that people use."""

from enum import StrEnum

from tortoise import Model
from tortoise.fields import (
    CASCADE,
    BigIntField,
    BinaryField,
    BooleanField,
    CharEnumField,
    CharField,
    DateField,
    DecimalField,
    FloatField,
    ForeignKeyField,
    ForeignKeyRelation,
    IntField,
    JSONField,
    TextField,
    TimeField,
    UUIDField,
)
from tortoise.indexes import Index

from app.models.accounts.user import User
from app.models.base import Timestamped
from app.models.utc import UtcDatetimeField


class Shade(StrEnum):
    """How much light it lets through."""

    PALE = "pale"
    DARK = "dark"


class Lamp(Timestamped, Model):
    """Something that gives light to its owner."""

    id: int = BigIntField(primary_key=True)
    owner: ForeignKeyRelation[User] = ForeignKeyField("models.User", on_delete=CASCADE)
    name = CharField(max_length=100)
    note = TextField(null=True)
    watts = IntField()
    lumens = BigIntField()
    price = DecimalField(max_digits=10, decimal_places=2)
    weight = FloatField()
    is_lit = BooleanField(default=False)
    made_on = DateField()
    made_at = TimeField()
    sold_at = UtcDatetimeField(null=True)
    serial = UUIDField(unique=True)
    shade = CharEnumField(Shade)
    parts = JSONField[dict[str, object]]()
    image = BinaryField(null=True)
    grade = IntField(db_default=1)

    class Meta(Model.Meta):
        table = "lamps"
        table_description = "What gives light"
        unique_together = (("owner", "name"),)
        indexes = (Index(fields=("made_on", "shade")),)
'''

ENUMERATION: Final = ('    DARK = "dark"', '    DARK = "dark"\n    COLOURED = "coloured"')
CHECK: Final = ("watts > 0", "watts > 1")

MODELS: Final = {"sqlalchemy": SQLALCHEMY, "sqlmodel": SQLMODEL, "tortoise": TORTOISE}
"""The model, by the ORM."""

CHANGES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "sqlalchemy": (
        ENUMERATION,
        CHECK,
        ('server_default="1"', 'server_default="2"'),
        (
            "note: Mapped[str | None] = mapped_column(Text)",
            "colour: Mapped[str | None] = mapped_column(String(20))",
        ),
        ("    Text,\n", ""),
    ),
    "sqlmodel": (
        ENUMERATION,
        CHECK,
        ('"server_default": "1"', '"server_default": "2"'),
        (
            "note: str | None = Field(default=None, sa_type=Text)",
            "colour: str | None = Field(default=None, max_length=20)",
        ),
        (" Text,", ""),
    ),
    "tortoise": (
        ENUMERATION,
        ("db_default=1", "db_default=2"),
        ("note = TextField(null=True)", "colour = CharField(max_length=20, null=True)"),
        ("    TextField,\n", ""),
    ),
}
"""Another value of the enumeration, another check, another default, and one column for another."""

NEW_VALUE: Final = {"sqlalchemy": "COLOURED", "sqlmodel": "COLOURED", "tortoise": "coloured"}
"""What the database has for it: Alembic's types store names, Tortoise's fields values."""


def first_model(orm: str) -> str:
    """Give the module of the table as it is first."""
    return MODELS[orm]


def changed_model(orm: str) -> str:
    """Give it as it is later."""
    text = MODELS[orm]
    for old, new in CHANGES[orm]:
        assert text.count(old) == 1, f"{orm}: {old}"
        text = text.replace(old, new)
    return text
