"""The database of this machine: the one at DATABASE_URL, or a file in ``.data``."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

DATA: Final = Path(".data/development.db")


@contextmanager
def provided_database() -> Generator[None]:
    """Set DATABASE_URL unless it is set, or this is production, which names its own."""
    if not os.environ.get("DATABASE_URL") and os.environ.get("ENVIRONMENT") == "development":
        DATA.parent.mkdir(exist_ok=True)
        os.environ["DATABASE_URL"] = f"sqlite:///{DATA}"
    yield
