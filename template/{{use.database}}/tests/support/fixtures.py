"""Fixtures for tests that really commit, and of which the database may go away."""

from collections.abc import AsyncGenerator
from dataclasses import replace

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient
from pydantic import SecretStr

from app.config.settings import Settings
from app.core.database.session import Database, open_database, transaction
from tests.support.client import running
from tests.support.database import empty, execute
from tests.support.detour import Detour, detour
from tests.support.scratch import CHECKED_LATE

PROBE_TABLES = {
    "probe_parents": "id INTEGER PRIMARY KEY, name VARCHAR(20) UNIQUE",
    "probe_children": (
        "id INTEGER PRIMARY KEY, parent_id INTEGER,"
        f" FOREIGN KEY (parent_id) REFERENCES probe_parents (id) {CHECKED_LATE}"
    ),
}


@pytest.fixture
async def database(settings: Settings) -> AsyncGenerator[Database]:
    """The database through a pool, outside of the transaction that other tests are kept in."""
    async with open_database(settings.database) as database:
        yield database
        await empty(database)


@pytest.fixture
async def probe_tables(database: Database) -> AsyncGenerator[None]:
    """Two tables; a child's parent has to exist when its transaction ends, or before."""
    async with transaction(database) as session:
        for name, columns in PROBE_TABLES.items():
            await execute(session, f"CREATE TABLE {name} ({columns})")
    yield
    async with transaction(database) as session:
        for name in reversed(PROBE_TABLES):
            await execute(session, f"DROP TABLE {name}")


@pytest.fixture
async def live_client(
    app: FastAPI,
    database: Database,  # noqa: ARG001 - is emptied at the end
) -> AsyncGenerator[AsyncClient]:
    """A client of the service with its own pool, as in production."""
    async with running(app) as client:
        yield client


@pytest.fixture
async def way(settings: Settings) -> AsyncGenerator[Detour]:
    """A way to the database, which the test may close and open."""
    async with detour(settings.database.url.get_secret_value()) as way:
        yield way


@pytest.fixture
def detoured(settings: Settings, way: Detour) -> Settings:
    """Settings of a service that reaches its database by that way."""
    url = SecretStr(way.url)
    return replace(settings, database=settings.database.model_copy(update={"url": url}))
