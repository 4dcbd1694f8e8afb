"""Work that is done after the answer, so that the answer tells nothing of it."""

from collections.abc import Generator
from contextlib import contextmanager

import structlog

from app.core.errors import AppError

log = structlog.stdlib.get_logger()


@contextmanager
def unheard(work: str) -> Generator[None]:
    """Log an error that no client is told about any more."""
    try:
        yield
    except AppError as error:
        log.error("not done after the answer", work=work, code=error.code)
