"""The yardstick for whoever has signed in: items of their own, on one page of FastAPI.

It makes the checks that the generated service makes of a request: the token with all of its claims,
the session, its user, the permission, and whose an item is.
"""

import importlib
import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Query, Response
from fastapi.security import OAuth2PasswordBearer
from pydantic import BaseModel, ConfigDict
from sqlalchemy import DateTime, ForeignKey, String, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

jwt: Any = importlib.import_module("jwt")  # the service has it

PERMISSIONS = {"user": {"items:write"}, "admin": {"items:write", "items:all"}}
CLAIMS = ["iss", "aud", "exp", "iat", "jti", "sub", "sid"]


def now() -> datetime:
    """Say what time it is."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """Hold the tables."""


class User(Base):
    """Map what is needed of a user."""

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(20))
    is_active: Mapped[bool]


class UserSession(Base):
    """Map what is needed of a session."""

    __tablename__ = "user_sessions"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    revoked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class Item(Base):
    """Map the same columns as the generated service's item."""

    __tablename__ = "items"

    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    name: Mapped[str] = mapped_column(String(100))
    description: Mapped[str | None] = mapped_column(String(1000))
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


engine = create_async_engine(
    os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://", 1),
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
TokenDep = Annotated[str, Depends(OAuth2PasswordBearer("/api/v1/auth/login"))]


@dataclass(frozen=True)
class Caller:
    """Say who asks, and what they may do."""

    id: int
    permissions: set[str]


async def get_caller(token: TokenDep, session: SessionDep) -> Caller:
    """Take a user whose session has not ended."""
    try:
        claims = jwt.decode(
            token,
            os.environ["SECRET_KEY"],
            algorithms=["HS256"],
            issuer=os.environ["JWT_ISSUER"],
            audience=os.environ["JWT_AUDIENCE"],
            options={"require": CLAIMS},
        )
    except jwt.PyJWTError:
        raise HTTPException(401) from None
    query = (
        select(User)
        .join(UserSession, UserSession.user_id == User.id)
        .where(
            UserSession.id == claims["sid"],
            UserSession.revoked_at.is_(None),
            UserSession.expires_at > now(),
            User.is_active,
        )
    )
    user = await session.scalar(query)
    if user is None or str(user.id) != claims["sub"]:
        raise HTTPException(401)
    return Caller(user.id, PERMISSIONS[user.role])


CallerDep = Annotated[Caller, Depends(get_caller)]

app = FastAPI(lifespan=lifespan)


@app.get("/healthz")
async def healthz() -> dict[str, str]:
    """Tell that the process is alive."""
    return {"status": "ok"}


@app.get("/api/v1/items", response_model=ItemPage)
async def list_items(
    session: SessionDep,
    caller: CallerDep,
    page: Annotated[int, Query(ge=1)] = 1,
    size: Annotated[int, Query(ge=1, le=100)] = 20,
) -> dict[str, object]:
    """Return one page of the caller's items, oldest first."""
    own = select(Item).where(Item.owner_id == caller.id)
    total = await session.scalar(select(func.count()).select_from(own.subquery())) or 0
    rows = await session.scalars(own.order_by(Item.id).offset((page - 1) * size).limit(size))
    return {
        "items": rows.all(),
        "total": total,
        "page": page,
        "size": size,
        "pages": -(-total // size),
    }


@app.get("/api/v1/items/{item_id}", response_model=ItemRead)
async def read_item(
    item_id: int, session: SessionDep, caller: CallerDep, response: Response
) -> Item:
    """Return one item."""
    item = await session.get(Item, item_id)
    if item is None or item.owner_id != caller.id:
        raise HTTPException(404)
    response.headers["ETag"] = f'"{item.version}"'
    return item


@app.post("/api/v1/items", response_model=ItemRead, status_code=201)
async def create_item(
    body: ItemCreate, session: SessionDep, caller: CallerDep, response: Response
) -> Item:
    """Store an item."""
    if "items:write" not in caller.permissions:
        raise HTTPException(403)
    item = Item(**body.model_dump(), owner_id=caller.id)
    session.add(item)
    await session.commit()
    response.headers["Location"] = f"/api/v1/items/{item.id}"
    response.headers["ETag"] = f'"{item.version}"'
    return item
