"""The broker of this machine: the one at CELERY_BROKER_URL, or an embedded Valkey."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from scripts.valkey import embedded_valkey

DATA: Final = Path(".data/valkey")


@contextmanager
def provided_broker() -> Generator[None]:
    """Set CELERY_BROKER_URL unless it is set, or this is production, which names its own."""
    if os.environ.get("CELERY_BROKER_URL") or os.environ.get("ENVIRONMENT") != "development":
        yield
        return
    with embedded_valkey(DATA) as url:
        os.environ["CELERY_BROKER_URL"] = url
        yield
