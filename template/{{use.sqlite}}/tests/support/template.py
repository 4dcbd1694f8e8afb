"""A database that is migrated once, and copied by each process that runs tests."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager

from tests.support.database import migrate
from tests.support.scratch import TEMPLATE, scratch_database


@contextmanager
def template_database() -> Generator[Mapping[str, str]]:
    """Have it for as long as there are copies."""
    with scratch_database() as url:
        migrate(url)
        yield {TEMPLATE: url}
