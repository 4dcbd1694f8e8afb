"""Databases for tests only."""

import asyncio
import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit
from uuid import uuid4

import asyncpg

from scripts.postgres import embedded_postgres

# the data of tests need not outlive a loss of power
NEVER_WAITS_FOR_THE_DISK: Final = "-F"

# names the migrated database of a run that several processes share
TEMPLATE: Final = "TEST_DATABASE_TEMPLATE"

# checks a reference at the commit only
CHECKED_LATE: Final = "DEFERRABLE INITIALLY DEFERRED"

# lets a connection only read from its next transaction on, as one to a server that was replaced
ONLY_READ: Final = "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY"

# does not come to an end by itself, and what finds it where it runs
ENDLESS: Final = "SELECT pg_sleep(600)"
ENDLESS_RUNNING: Final = (
    "SELECT pid FROM pg_stat_activity WHERE state = 'active' AND query = 'SELECT pg_sleep(600)'"
    " AND datname = current_database()"
)


@contextmanager
def scratch_database(template: str | None = None) -> Generator[str]:
    """Make an empty database, or a copy of another one; yield its URL, and drop it."""
    source = name_in(template) if template else "template1"
    with server() as url:
        name = new_name()
        asyncio.run(execute(url, f"CREATE DATABASE {name} TEMPLATE {source}"))
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            asyncio.run(drop(url, name))


def name_in(url: str) -> str:
    """Read the name of a database."""
    return urlsplit(url).path.removeprefix("/")


def new_name() -> str:
    """Begin as the run's template does, which takes with it whatever a killed process left."""
    template = os.environ.get(TEMPLATE)
    return f"{name_in(template) if template else 'test'}_{uuid4().hex[:12]}"


async def drop(url: str, name: str) -> None:
    """Drop a database, and those whose names begin with its own."""
    query = "SELECT datname FROM pg_database WHERE starts_with(datname, $1)"
    connection = await asyncpg.connect(url)
    try:
        for (each,) in await connection.fetch(query, name):
            await connection.execute(f"DROP DATABASE {each} WITH (FORCE)")
    finally:
        await connection.close()


@contextmanager
def server() -> Generator[str]:
    """Use the server at TEST_DATABASE_URL, or start the embedded one."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with embedded_postgres(Path(".data/postgres-test"), NEVER_WAITS_FOR_THE_DISK) as url:
        yield url


async def execute(url: str, statement: str) -> None:
    """Run one statement outside a transaction."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
