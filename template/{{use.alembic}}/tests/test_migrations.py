"""migrations/: every step leads up and down, and to what the models say."""

import asyncio
from collections.abc import Generator
from io import StringIO
from typing import Final

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from pydantic import SecretStr
from sqlalchemy import inspect

from app.config.database import DatabaseSettings
from app.config.settings import Settings
from app.core.database.session import open_database
from app.models.base import Base
from tests.support.database import alembic_config
from tests.support.scratch import scratch_database

MODELS: Final = set(Base.metadata.tables)


@pytest.fixture(scope="module")
def url(
    settings: Settings,  # noqa: ARG001 - its environment is in force
) -> Generator[str]:
    """A database of these tests."""
    with scratch_database() as url:
        yield url


@pytest.fixture
def config(url: str) -> Generator[Config]:
    """Alembic on that database, which is without tables before each test."""
    config = alembic_config(url)
    yield config
    command.downgrade(config, "base")


def tables(url: str) -> set[str]:
    """List the tables."""

    async def look() -> set[str]:
        async with (
            open_database(DatabaseSettings(url=SecretStr(url))) as database,
            database.engine.connect() as connection,
        ):
            return await connection.run_sync(lambda sync: set(inspect(sync).get_table_names()))

    return asyncio.run(look())


class TestUpgrade:
    def test_makes_every_table(self, config: Config, url: str) -> None:
        command.upgrade(config, "head")

        assert tables(url) >= MODELS

    def test_is_in_step_with_the_models(self, config: Config) -> None:
        command.upgrade(config, "head")

        command.check(config)

    def test_there_is_one_way(self, config: Config) -> None:
        assert len(ScriptDirectory.from_config(config).get_heads()) == 1


class TestDowngrade:
    def test_each_step_can_be_taken_back_and_again(self, config: Config) -> None:
        scripts = ScriptDirectory.from_config(config)
        for script in reversed(list(scripts.walk_revisions())):
            command.upgrade(config, script.revision)
            command.downgrade(config, "-1")
            command.upgrade(config, script.revision)

    def test_leaves_nothing(self, config: Config, url: str) -> None:
        command.upgrade(config, "head")

        command.downgrade(config, "base")

        assert tables(url).isdisjoint(MODELS)


class TestOffline:
    def test_prints_what_it_would_do(self, config: Config, url: str) -> None:
        output = StringIO()
        config.output_buffer = output

        command.upgrade(config, "head", sql=True)

        assert "INSERT INTO alembic_version" in output.getvalue()
        assert all(f"CREATE TABLE {name} " in output.getvalue() for name in MODELS)
        assert tables(url).isdisjoint(MODELS)
