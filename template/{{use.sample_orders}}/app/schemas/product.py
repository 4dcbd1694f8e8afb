"""Products as clients see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.core.http.request_model import RequestModel
from app.schemas.number import NoLookalikes
from app.schemas.page import PageQuery
from app.schemas.text import Text

Name = Annotated[Text, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
PriceCents = Annotated[int, Field(ge=0, le=2_000_000_000), NoLookalikes]
Stock = Annotated[int, Field(ge=0, le=1_000_000), NoLookalikes]


class ProductCreate(RequestModel):
    """A new product."""

    name: Name
    price_cents: PriceCents
    stock: Stock


class ProductUpdate(RequestModel):
    """A change: what is left out stays as it is, so no default is ever stored."""

    name: Name = Field(default="")
    price_cents: PriceCents = Field(default=0)
    stock: Stock = Field(default=0)


class ProductRead(BaseModel):
    """A stored product. ``version`` is also its ETag, and grows whenever stock moves."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    price_cents: int
    stock: int
    version: int
    created_at: datetime
    updated_at: datetime


class ProductQuery(PageQuery):
    """Which products."""

    sort: Literal["id", "-id", "name", "-name", "price_cents", "-price_cents"] = "id"
