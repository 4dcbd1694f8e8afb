"""The yardstick for Tortoise: items on one page of FastAPI, without any machinery."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query
from pydantic import BaseModel, ConfigDict
from tortoise import fields
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.contrib.fastapi import RegisterTortoise
from tortoise.models import Model
from tortoise.transactions import in_transaction


class Item(Model):
    """Map the same columns as the generated service's item."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(100, unique=True)
    description = fields.TextField(null=True)
    price_cents = fields.IntField()
    version = fields.IntField(default=1)
    created_at = fields.DatetimeField(auto_now_add=True)
    updated_at = fields.DatetimeField(auto_now=True)

    class Meta(Model.Meta):
        """Name the table."""

        table = "items"


class ItemCreate(BaseModel):
    """Shape a new item."""

    name: str
    description: str | None = None
    price_cents: int


class ItemRead(BaseModel):
    """Shape one item of a response."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    name: str
    description: str | None
    price_cents: int
    version: int
    created_at: datetime
    updated_at: datetime


class ItemPage(BaseModel):
    """Shape one page of items."""

    items: list[ItemRead]
    total: int
    page: int
    size: int
    pages: int


DRIVERS = {"postgresql": "asyncpg", "mysql": "mysql", "sqlite": "sqlite"}
product, _, place = os.environ["DATABASE_URL"].partition("://")
if product == "sqlite":
    place = place.removeprefix("/")
else:
    place += f"?minsize=1&maxsize={os.environ['DATABASE_POOL_SIZE']}"


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
    """Open the pool, and close it at the end."""
    url = f"{DRIVERS[product]}://{place}"
    async with RegisterTortoise(app, db_url=url, modules={"models": [__name__]}):
        yield


async def get_connection() -> AsyncGenerator[BaseDBAsyncClient]:
    """Give each request its own transaction."""
    async with in_transaction() as connection:
        yield connection


ConnectionDep = Annotated[BaseDBAsyncClient, Depends(get_connection)]

app = FastAPI(lifespan=lifespan)


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    """Tell that the process is alive."""
    return {"status": "ok"}


@app.get("/api/v1/items", response_model=ItemPage)
async def list_items(
    connection: ConnectionDep,
    page: Annotated[int, Query(ge=1)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, object]:
    """Return one page of items, oldest first."""
    total = await Item.all(using_db=connection).count()
    rows = Item.all(using_db=connection).order_by("id").offset((page - 1) * size).limit(size)
    return {
        "items": await rows,
        "total": total,
        "page": page,
        "size": size,
        "pages": -(-total // size),
    }


@app.get("/api/v1/items/{item_id}", response_model=ItemRead)
async def read_item(item_id: int, connection: ConnectionDep) -> Item:
    """Return one item."""
    item = await Item.get_or_none(id=item_id, using_db=connection)
    if item is None:
        raise HTTPException(404)
    return item


@app.post("/api/v1/items", response_model=ItemRead, status_code=201)
async def create_item(body: ItemCreate, connection: ConnectionDep) -> Item:
    """Store an item."""
    return await Item.create(using_db=connection, **body.model_dump())
