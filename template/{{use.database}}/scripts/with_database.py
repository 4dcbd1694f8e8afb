"""Run a command with this machine's database: `python -m scripts.with_database COMMAND`."""

import asyncio
import logging
import sys
from collections.abc import Generator
from contextlib import contextmanager

from scripts.database import provided_database
from scripts.local import call, load_environment


@contextmanager
def answering_database() -> Generator[None]:
    """Have DATABASE_URL set, and somebody answering there."""
    from app.core.errors import UnavailableError

    with provided_database():
        try:
            asyncio.run(connect())
        except (UnavailableError, ValueError) as error:
            reason = root_cause(error)
            raise SystemExit(
                f"The database at DATABASE_URL does not answer: {reason or type(reason).__name__}"
            ) from None
        yield


async def connect() -> None:
    """Raise UnavailableError unless the database answers, and ValueError for a broken URL."""
    import structlog

    from app.config.database import DatabaseSettings
    from app.config.settings import load_section
    from app.core.database.session import open_database, ping

    silent = structlog.make_filtering_bound_logger(logging.CRITICAL)
    structlog.configure(wrapper_class=silent)  # the caller tells what is wrong
    async with open_database(load_section(DatabaseSettings)) as database:
        await ping(database)


def root_cause(error: BaseException) -> BaseException:
    """Find what the driver said: the first of the errors that led to this one."""
    while error.__cause__:
        error = error.__cause__
    return error


def main(command: list[str]) -> int:
    """Return the command's exit status."""
    load_environment()
    with answering_database():
        return call(command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
