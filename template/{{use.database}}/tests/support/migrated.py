"""A database with today's schema."""

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager

from tests.support.database import migrate
from tests.support.scratch import TEMPLATE, scratch_database


@contextmanager
def migrated_database() -> Generator[Mapping[str, str]]:
    """Let this process have one; of a copy the migrations only find that nothing is left to do."""
    with scratch_database(os.environ.get(TEMPLATE)) as url:
        migrate(url)
        yield {"DATABASE_URL": url}
