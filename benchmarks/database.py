"""Find a PostgreSQL server, make a database of our own on it, and drop it."""

import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from benchmarks.children import child
from benchmarks.processes import run

LOCAL = ("127.0.0.1", 5432)
SCRIPT = Path(__file__).parent / "inside" / "database.py"
ITEMS = 1000

SEED = f"""
INSERT INTO items (name, description, price_cents, version, created_at, updated_at)
SELECT 'Item ' || n, 'A thing of the kind that benchmarks read, number ' || n,
       n * 10 + 99, 1, now(), now()
FROM generate_series(1, {ITEMS}) AS n;
ANALYZE items
"""


def listening(address: tuple[str, int]) -> bool:
    """Tell whether something accepts connections there."""
    try:
        with socket.create_connection(address, timeout=1):
            return True
    except OSError:
        return False


@contextmanager
def embedded(python: Path, folder: Path) -> Generator[str]:
    """Hold the PostgreSQL server that the service's development packages bring."""
    with child([python, SCRIPT, "serve", folder]) as holder:
        yield holder.answer().strip()


@contextmanager
def server(python: Path, folder: Path) -> Generator[str]:
    """Yield the URL of the named, the local or the embedded server, in this order."""
    named = os.environ.get("TEST_POSTGRESQL_URL")
    if named:
        yield named
    elif listening(LOCAL):
        yield f"postgresql://postgres@{LOCAL[0]}:{LOCAL[1]}/postgres"
    else:
        with embedded(python, folder) as url:
            yield url


@contextmanager
def own_database(python: Path, folder: Path) -> Generator[str]:
    """Yield the URL of a database that lives as long as the block."""
    name = f"groundplan_bench_{os.getpid()}"
    with server(python, folder) as url:
        execute(python, url, f"CREATE DATABASE {name}")
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            execute(python, url, f"DROP DATABASE {name} WITH (FORCE)")


def execute(python: Path, url: str, sql: str) -> None:
    """Run SQL from the service's environment, which has a driver."""
    run([python, SCRIPT, "sql", url], text=sql)
