"""Databases for tests only."""

import os
import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

SCHEME: Final = "sqlite:///"

# names the migrated database of a run that several processes share
TEMPLATE: Final = "TEST_DATABASE_TEMPLATE"

# checks a reference at the commit only
CHECKED_LATE: Final = "DEFERRABLE INITIALLY DEFERRED"

# does not come to an end by itself; no server tells whether it runs, but it holds the lock
ENDLESS: Final = (
    "WITH RECURSIVE counted (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM counted)"
    " SELECT max(number) FROM counted"
)
ENDLESS_RUNNING: Final = "SELECT 1 WHERE FALSE"


@contextmanager
def scratch_database(template: str | None = None) -> Generator[str]:
    """Yield the URL of a file that is not there yet, or a copy, and remove it at the end."""
    run = os.environ.get(TEMPLATE)  # the end of the run removes what a killed process left
    with TemporaryDirectory(dir=path_in(run).parent if run else None) as folder:
        path = Path(folder, "test.db")
        if template:
            copy(path_in(template), path)
        yield f"{SCHEME}{path}"


def path_in(url: str) -> Path:
    """Read where a database is."""
    return Path(url.removeprefix(SCHEME))


def copy(source: Path, target: Path) -> None:
    """Copy a database, wherever its last pages are."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
