"""The database of this machine: the one at DATABASE_URL."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

HINT: Final = (
    "DATABASE_URL is not set: name a MySQL or MariaDB database in .env, for example"
    " mysql://app:secret@127.0.0.1:3306/app, which these commands make on Debian:"
    ' apt install mariadb-server; mariadb --execute "CREATE DATABASE app;'
    " GRANT ALL ON app.* TO 'app'@'127.0.0.1' IDENTIFIED BY 'secret'\""
)


@contextmanager
def provided_database() -> Generator[None]:
    """Say how to get a database where none is named; in production that is the settings' task."""
    if not os.environ.get("DATABASE_URL") and os.environ.get("ENVIRONMENT") == "development":
        raise SystemExit(HINT)
    yield
