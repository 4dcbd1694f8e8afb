"""Databases for tests only."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

# checks a reference at the commit only
CHECKED_LATE: Final = "DEFERRABLE INITIALLY DEFERRED"


@contextmanager
def scratch_database() -> Generator[str]:
    """Yield the URL of a database file that does not exist yet, and remove it at the end."""
    with TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder, 'test.db')}"
