"""The database of this machine: the one at DATABASE_URL, or an embedded PostgreSQL."""

import os
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from scripts.postgres import embedded_postgres
from scripts.postgres_programs import PostgresError

DATA: Final = Path(".data/postgres")


@contextmanager
def provided_database() -> Generator[None]:
    """Set DATABASE_URL unless it is set, or this is production, which names its own."""
    if os.environ.get("DATABASE_URL") or os.environ.get("ENVIRONMENT") != "development":
        yield
        return
    try:
        with embedded_postgres(DATA) as url:
            os.environ["DATABASE_URL"] = url
            print(f'PostgreSQL runs on {DATA}: make psql, or psql "{url}"', file=sys.stderr)
            yield
    except PostgresError as error:
        raise SystemExit(str(error)) from None
