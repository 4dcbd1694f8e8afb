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

# checks a reference at the commit only
CHECKED_LATE: Final = "DEFERRABLE INITIALLY DEFERRED"


@contextmanager
def scratch_database() -> Generator[str]:
    """Make an empty database, yield its URL, and drop it."""
    with server() as url:
        name = f"test_{uuid4().hex}"
        asyncio.run(execute(url, f"CREATE DATABASE {name}"))
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            asyncio.run(execute(url, f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def server() -> Generator[str]:
    """Use the server at TEST_DATABASE_URL, or start the embedded one."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield url
        return
    with embedded_postgres(Path(".data/postgres-test")) as url:
        yield url


async def execute(url: str, statement: str) -> None:
    """Run one statement outside a transaction."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
