"""Items as clients see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.schemas.number import NoLookalikes
from app.schemas.page import PageQuery
from app.schemas.text import Text

Name = Annotated[
    Text,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=100),
    Field(json_schema_extra={"pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$"}),  # not blank
]
Description = Annotated[Text, StringConstraints(max_length=1000)]
PriceCents = Annotated[int, Field(ge=0, le=2_000_000_000)]
ExactPriceCents = Annotated[PriceCents, NoLookalikes]


class ItemCreate(BaseModel):
    """A new item."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    description: Description | None = None
    price_cents: ExactPriceCents


class ItemUpdate(BaseModel):
    """A change: what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    name: Name = Field(default="")
    description: Description | None = None
    price_cents: ExactPriceCents = Field(default=0)


class ItemRead(BaseModel):
    """A stored item. ``version`` is also its ETag."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    description: str | None
    price_cents: int
    version: int
    created_at: datetime
    updated_at: datetime


class ItemQuery(PageQuery):
    """Which items. ``name`` finds a part of the name, in either case."""

    sort: Literal[
        "id", "-id", "name", "-name", "price_cents", "-price_cents", "created_at", "-created_at"
    ] = "id"
    name: Text | None = Field(default=None, max_length=100)
    price_min: PriceCents | None = None
    price_max: PriceCents | None = None
