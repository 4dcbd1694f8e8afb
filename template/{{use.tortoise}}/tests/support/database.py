"""The schema of a database, and a transaction around each test."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from graphlib import TopologicalSorter
from typing import Final, Protocol, cast

from pydantic import SecretStr
from tortoise import Model
from tortoise.context import TortoiseContext
from tortoise.migrations import api

from app.config.database import DatabaseSettings
from app.core.database.session import Database, Session, fetch, orm_config, transaction
from app.core.lifespan import State

# settings of a pool of a single connection
NARROW: Final[Mapping[str, object]] = {"pool_size": 1}


class Described(Protocol):
    """A model, with the types that Tortoise leaves open."""

    def describe(self, *, serializable: bool) -> Mapping[str, object]:
        """Give its table, its fields and its references."""
        ...


class Collector(logging.Handler):
    """Keeps what is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.seen.append(record.getMessage())


class UndoneError(Exception):
    """Ends the transaction around a test."""


async def migrate_to(url: str, target: str) -> None:
    """Bring a database of the tests to a migration, or "__first__" or "__latest__"."""
    config = orm_config(DatabaseSettings(url=SecretStr(url)))
    async with TortoiseContext():
        await api.migrate(config=config, target=f"models.{target}")


def migrate(url: str) -> None:
    """Bring a database of the tests to today's schema."""
    asyncio.run(migrate_to(url, "__latest__"))


@asynccontextmanager
async def rolled_back(state: State) -> AsyncGenerator[None]:
    """Keep all of a test in one transaction, of which its commits are only savepoints."""
    database = state["database"]
    with suppress(UndoneError):
        async with database.client.in_transaction() as outer:
            state["database"] = replace(database, begin=outer.in_transaction)
            yield
            raise UndoneError


async def execute(session: Session, statement: str) -> list[tuple[object, ...]]:
    """Run plain SQL, and return the rows if there are any."""
    return [tuple(dict(row).values()) for row in await fetch(session, statement)]


@contextmanager
def statements(database: Database) -> Generator[list[str]]:
    """Collect the SQL that is run meanwhile."""
    handler = Collector()
    log, level = database.client.log, database.client.log.level
    log.addHandler(handler)
    log.setLevel(logging.DEBUG)
    try:
        yield handler.seen
    finally:
        log.setLevel(level)
        log.removeHandler(handler)


async def empty(database: Database) -> None:
    """Delete every row of every table."""
    async with transaction(database) as session:
        for model in reversed(models(database)):
            await model.all().using_db(session).delete()


def models(database: Database) -> list[type[Model]]:
    """List the models, in the order in which they refer to each other."""
    assert database.context.apps is not None
    found = list(database.context.apps.get_models_iterable())
    return list(TopologicalSorter({model: parents(model) for model in found}).static_order())


def parents(model: type[Model]) -> set[type[Model]]:
    """Find what a model refers to."""
    keys = cast("list[dict[str, type[Model]]]", describe(model)["fk_fields"])
    return {key["python_type"] for key in keys} - {model}


def describe(model: Described) -> Mapping[str, object]:
    """Say what a model is made of."""
    return model.describe(serializable=False)
