"""The yardstick for SQLAlchemy: items on one page of FastAPI, without any machinery."""

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query
from pydantic import BaseModel, ConfigDict
from sqlalchemy import DateTime, String, Text, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


def now() -> datetime:
    """Say what time it is."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """Hold the table."""


class Item(Base):
    """Map the same columns as the generated service's item."""

    __tablename__ = "items"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    description: Mapped[str | None] = mapped_column(Text)
    price_cents: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)


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
sessions = async_sessionmaker(engine, expire_on_commit=False)


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
    total = await session.scalar(select(func.count()).select_from(Item)) or 0
    rows = await session.scalars(
        select(Item).order_by(Item.id).offset((page - 1) * size).limit(size)
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
    item = Item(**body.model_dump())
    session.add(item)
    await session.commit()
    return item
