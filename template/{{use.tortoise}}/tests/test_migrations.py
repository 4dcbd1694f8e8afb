"""migrations/: every step leads up and down, and to what the models say."""

import asyncio
from collections.abc import Generator, Sequence
from itertools import pairwise
from typing import Final

import pytest
from pydantic import SecretStr
from tortoise import Model
from tortoise.context import TortoiseContext
from tortoise.exceptions import OperationalError
from tortoise.migrations.api import sqlmigrate
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.writer import MigrationWriter

from app.config.database import DatabaseSettings
from app.config.settings import Settings
from app.core.database.migrations import SchemaState, known_migrations, schema_state
from app.core.database.session import Database, open_database, orm_config, transaction
from tests.support.database import describe, migrate_to, models
from tests.support.scratch import scratch_database

STEPS = sorted(known_migrations())
REMEDY: Final = 'run make migration m="what changes"'


@pytest.fixture(scope="module")
def scratch(
    settings: Settings,  # noqa: ARG001 - its environment is in force
) -> Generator[str]:
    """A database of these tests."""
    with scratch_database() as url:
        yield url


@pytest.fixture
def url(scratch: str) -> Generator[str]:
    """That database, which is without tables before each test."""
    yield scratch
    asyncio.run(migrate_to(scratch, "__first__"))


async def is_there(database: Database, model: type[Model]) -> bool:
    """Whether a table has all that its model wants."""
    try:
        async with transaction(database) as session:
            await model.all().using_db(session).first()
    except OperationalError:
        return False
    return True


def tables(url: str, *, there: bool) -> list[str]:
    """Name the tables that are there as their models want them, or those that are not."""

    async def look() -> list[str]:
        async with open_database(DatabaseSettings(url=SecretStr(url))) as database:
            found = models(database)
            return [table_of(each) for each in found if await is_there(database, each) is there]

    return asyncio.run(look())


def table_of(model: type[Model]) -> str:
    """Name the table of a model."""
    return str(describe(model)["table"])


def named(migrations: Sequence[MigrationWriter]) -> str:
    """Say in words what a migration is missing for."""
    return ", ".join(step.describe() for each in migrations for step in each.operations)


def state(url: str) -> SchemaState:
    """Say where the schema stands."""

    async def look() -> SchemaState:
        async with open_database(DatabaseSettings(url=SecretStr(url))) as database:
            return await schema_state(database)

    return asyncio.run(look())


class TestUpgrade:
    def test_makes_every_table(self, url: str) -> None:
        asyncio.run(migrate_to(url, "__latest__"))

        missing = tables(url, there=False)
        assert not missing, f"no migration makes all of {', '.join(missing)}: {REMEDY}"

    async def test_is_in_step_with_the_models(self, database: Database) -> None:
        assert database.context.apps is not None
        config = orm_config(database.client.settings).to_dict()

        missing = await MigrationAutodetector(database.context.apps, config["apps"]).changes()

        if missing:
            pytest.fail(f"no migration does this: {named(missing)}; {REMEDY}", pytrace=False)


class TestDowngrade:
    def test_each_step_can_be_taken_back_and_again(self, url: str) -> None:
        for before, after in pairwise(["__first__", *STEPS]):
            for step in (after, before, after):
                asyncio.run(migrate_to(url, step))

        assert state(url) is SchemaState.CURRENT

    def test_leaves_nothing(self, url: str) -> None:
        asyncio.run(migrate_to(url, "__latest__"))

        asyncio.run(migrate_to(url, "__first__"))

        assert tables(url, there=True) == []
        assert state(url) is SchemaState.BEHIND


class TestOffline:
    async def test_prints_what_it_would_do(self, database: Database) -> None:
        config = orm_config(database.client.settings)
        script = ""

        async with TortoiseContext():
            for step in STEPS:
                script += "\n".join(
                    await sqlmigrate(config=config, app_label="models", migration_name=step)
                )

        assert [each for each in map(table_of, models(database)) if each not in script] == []
        assert script.count("CREATE TABLE") >= len(models(database))
