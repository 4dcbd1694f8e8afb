"""app.models.utc: moments in time."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from tortoise import Model
from tortoise.config import AppConfig
from tortoise.context import TortoiseContext
from tortoise.fields import IntField

from app.config.settings import Settings
from app.core.database.session import Database, Session, orm_config, transaction
from app.models.utc import UtcDatetimeField, utc_now
from tests.support.database import execute


class Moment(Model):
    """A row with a moment in it."""

    id: int = IntField(primary_key=True)
    at = UtcDatetimeField(null=True)

    class Meta(Model.Meta):
        table = "probe_moments"


@pytest.fixture
async def session(settings: Settings, database: Database) -> AsyncGenerator[Session]:
    """A session in which there is a table of moments."""
    config = replace(orm_config(settings.database), apps={"probe": AppConfig([__name__])})
    async with TortoiseContext() as context:
        await context.init(config)
        await context.generate_schemas()
    async with transaction(database) as session:
        yield session
        await execute(session, "DROP TABLE probe_moments")


async def read_back(session: Session, at: datetime | None) -> datetime | None:
    """Store a moment and read it."""
    stored = await Moment.create(using_db=session, at=at)
    return (await Moment.get(id=stored.id, using_db=session)).at


class TestUtcDatetimeField:
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
        with pytest.raises(ValueError, match="a datetime needs a time zone"):
            await read_back(session, datetime(2026, 1, 1))  # noqa: DTZ001

    async def test_none(self, session: Session) -> None:
        assert await read_back(session, None) is None
