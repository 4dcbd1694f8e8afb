"""app.models.utc: moments in time."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select
from sqlalchemy.exc import StatementError

from app.core.database.session import Database, Session, transaction
from app.models.utc import UtcDateTime, utc_now

MOMENTS = Table(
    "probe_moments",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime),
)


@pytest.fixture
async def session(database: Database) -> AsyncGenerator[Session]:
    """A session in which there is a table of moments."""
    async with transaction(database) as session:
        connection = await session.connection()
        await connection.run_sync(MOMENTS.create)
        yield session
        await connection.run_sync(MOMENTS.drop)


async def read_back(session: Session, at: datetime | None) -> datetime | None:
    """Store a moment and read it."""
    connection = await session.connection()
    await connection.execute(insert(MOMENTS).values(at=at))
    return await session.scalar(select(MOMENTS.c.at))


class TestUtcDateTime:
    async def test_comes_back_in_utc(self, session: Session) -> None:
        now = utc_now()

        found = await read_back(session, now)

        assert found == now
        assert found is not None
        assert found.tzinfo is UTC

    async def test_another_zone_is_the_same_moment(self, session: Session) -> None:
        there = datetime(2026, 1, 1, 2, 30, tzinfo=timezone(timedelta(hours=5, minutes=30)))

        found = await read_back(session, there)

        assert found is not None
        assert found.isoformat() == "2025-12-31T21:00:00+00:00"

    async def test_without_a_zone_it_is_refused(self, session: Session) -> None:
        with pytest.raises(StatementError, match="a datetime needs a time zone"):
            await read_back(session, datetime(2026, 1, 1))  # noqa: DTZ001

    async def test_none(self, session: Session) -> None:
        assert await read_back(session, None) is None
