"""The yardstick for SQLModel: items on one page of FastAPI, without any machinery."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import DateTime
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlmodel import Field, SQLModel, col, func, select
from sqlmodel.ext.asyncio.session import AsyncSession

MOMENT = DateTime(timezone=True)


def now() -> datetime:
    """Say what time it is."""
    return datetime.now(UTC)


class Item(SQLModel, table=True):
    """Map the same columns as the generated service's item."""

    __tablename__ = "items"  # pyright: ignore[reportAssignmentType]

    id: int = Field(default=None, primary_key=True)
    name: str = Field(max_length=100, unique=True)
    description: str | None = None
    price_cents: int
    version: int = 1
    created_at: datetime = Field(default_factory=now, sa_type=MOMENT)
    updated_at: datetime = Field(default_factory=now, sa_type=MOMENT)


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


DRIVERS = {"postgresql": "asyncpg", "mysql": "asyncmy", "sqlite": "aiosqlite"}
product, _, place = os.environ["DATABASE_URL"].partition("://")
engine = create_async_engine(
    f"{product}+{DRIVERS[product]}://{place}",
    pool_size=int(os.environ["DATABASE_POOL_SIZE"]),
    max_overflow=int(os.environ["DATABASE_MAX_OVERFLOW"]),
)
sessions = async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False)


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncGenerator[None]:
    """Close the pool at the end."""
    yield
    await engine.dispose()


async def get_session() -> AsyncGenerator[AsyncSession]:
    """Give each request its own session."""
    async with sessions() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_session)]

app = FastAPI(lifespan=lifespan)


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    """Tell that the process is alive."""
    return {"status": "ok"}


@app.get("/api/v1/items", response_model=ItemPage)
async def list_items(
    session: SessionDep,
    page: Annotated[int, Query(ge=1)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, object]:
    """Return one page of items, oldest first."""
    total = (await session.exec(select(func.count()).select_from(Item))).one()
    rows = await session.exec(
        select(Item).order_by(col(Item.id)).offset((page - 1) * size).limit(size)
    )
    return {
        "items": rows.all(),
        "total": total,
        "page": page,
        "size": size,
        "pages": -(-total // size),
    }


@app.get("/api/v1/items/{item_id}", response_model=ItemRead)
async def read_item(item_id: int, session: SessionDep) -> Item:
    """Return one item."""
    item = await session.get(Item, item_id)
    if item is None:
        raise HTTPException(404)
    return item


@app.post("/api/v1/items", response_model=ItemRead, status_code=201)
async def create_item(body: ItemCreate, session: SessionDep) -> Item:
    """Store an item."""
    item = Item.model_validate(body.model_dump())
    session.add(item)
    await session.commit()
    return item
