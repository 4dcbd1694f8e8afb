"""A look at what is logged."""

from collections.abc import Generator
from contextlib import contextmanager
from types import ModuleType

import pytest
import structlog
from structlog.testing import LogCapture
from structlog.typing import EventDict


@contextmanager
def captured_log(module: ModuleType) -> Generator[list[EventDict]]:
    """Collect what ``module`` logs, before it is rendered."""
    capture = LogCapture()
    logger = structlog.wrap_logger(
        None,
        processors=[structlog.contextvars.merge_contextvars, capture],
        wrapper_class=structlog.make_filtering_bound_logger(0),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "log", logger)
        yield capture.entries
