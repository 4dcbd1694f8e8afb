"""A server for the tests."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from scripts.valkey import embedded_valkey


@contextmanager
def server() -> Generator[str]:
    """Use the server at TEST_REDIS_URL, or start the embedded one."""
    if url := os.environ.get("TEST_REDIS_URL"):
        yield url
        return
    with embedded_valkey(Path(".data/valkey-test")) as url:
        yield url
