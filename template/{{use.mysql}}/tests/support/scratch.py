"""Databases for tests only."""

# pyright: reportUnknownMemberType=false
# asyncmy has types for only a part of what it takes

import asyncio
import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import asyncmy
import pytest

# names the migrated database of a run; MySQL cannot copy one
TEMPLATE: Final = "TEST_DATABASE_TEMPLATE"

# MySQL checks every reference at once
CHECKED_LATE: Final = ""

# lets a connection only read from its next transaction on, as one to a server that was replaced
ONLY_READ: Final = "SET SESSION TRANSACTION READ ONLY"

# does not come to an end by itself, and what finds it where it runs
ENDLESS: Final = "SELECT SLEEP(600)"
ENDLESS_RUNNING: Final = (
    "SELECT id FROM information_schema.processlist WHERE info = 'SELECT SLEEP(600)'"
    " AND db = DATABASE()"
)

HINT: Final = (
    "TEST_DATABASE_URL is not set: name a MySQL or MariaDB server whose user may create databases,"
    " for example mysql://test:secret@127.0.0.1:3306, which these commands make on Debian:"
    " apt install mariadb-server; mariadb --execute"
    " \"GRANT ALL ON *.* TO 'test'@'127.0.0.1' IDENTIFIED BY 'secret'\""
)


@contextmanager
def scratch_database(_template: str | None = None) -> Generator[str]:
    """Make an empty database, yield its URL, and drop it."""
    url = os.environ.get("TEST_DATABASE_URL") or pytest.exit(HINT, returncode=1)
    name = f"test_{uuid4().hex}"
    asyncio.run(execute(url, f"CREATE DATABASE {name}"))
    try:
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
    finally:
        asyncio.run(execute(url, f"DROP DATABASE {name}"))


async def execute(url: str, statement: str) -> None:
    """Run one statement."""
    server = urlsplit(url)
    connection = await asyncmy.connect(
        host=server.hostname,
        port=server.port or 3306,
        user=unquote(server.username or ""),
        password=unquote(server.password or ""),
    )
    try:
        async with connection.cursor() as cursor:
            await cursor.execute(statement)
    finally:
        await connection.ensure_closed()
