"""The database of this machine: the one at DATABASE_URL."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

HINT: Final = (
    "DATABASE_URL is not set: name a MySQL or MariaDB database in .env, for example"
    " mysql://root:secret@127.0.0.1:3306/app, which this command starts: docker run --rm --detach"
    " --publish 127.0.0.1:3306:3306 --env MARIADB_ROOT_PASSWORD=secret --env MARIADB_DATABASE=app"
    " mariadb:11"
)


@contextmanager
def provided_database() -> Generator[None]:
    """Say how to get a database where none is named; in production that is the settings' task."""
    if not os.environ.get("DATABASE_URL") and os.environ.get("ENVIRONMENT") == "development":
        raise SystemExit(HINT)
    yield
