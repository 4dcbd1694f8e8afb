"""The schema of a database, and a transaction around each test."""

from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from pydantic import SecretStr
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import async_sessionmaker

from app.config.database import DatabaseSettings
from app.config.log import LogSettings
from app.core.database.session import Database, Session, transaction
from app.core.lifespan import State
from app.models.base import Base

ALEMBIC_INI: Final = Path(__file__).parents[2] / "alembic.ini"

# settings of a pool of a single connection
NARROW: Final[Mapping[str, object]] = {"pool_size": 1, "max_overflow": 0}


def alembic_config(url: str) -> Config:
    """Point Alembic at a database of the tests."""
    settings = DatabaseSettings(url=SecretStr(url))
    return Config(ALEMBIC_INI, attributes={"database": settings, "log": LogSettings()})


def migrate(url: str) -> None:
    """Bring a database of the tests to today's schema."""
    command.upgrade(alembic_config(url), "head")


@asynccontextmanager
async def rolled_back(state: State) -> AsyncGenerator[None]:
    """Keep all of a test in one transaction, of which its commits are only savepoints."""
    async with state["database"].engine.connect() as connection:
        outer = await connection.begin()
        sessions = async_sessionmaker(
            connection,
            class_=Session,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
        )
        state["database"] = replace(state["database"], sessions=sessions)
        yield
        await outer.rollback()


async def execute(session: Session, statement: str) -> list[tuple[object, ...]]:
    """Run plain SQL, and return the rows if there are any."""
    connection = await session.connection()
    result = await connection.execute(text(statement))
    return [tuple(row) for row in result] if result.returns_rows else []


@contextmanager
def statements(database: Database) -> Generator[list[str]]:
    """Collect the SQL that is run meanwhile."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)


async def empty(database: Database) -> None:
    """Delete every row of every table."""
    async with transaction(database) as session:
        connection = await session.connection()
        for table in reversed(Base.metadata.sorted_tables):
            await connection.execute(table.delete())
