"""Names of a variant's own on Redis, whatever it keeps there."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any, Final, cast
from uuid import uuid4

from redis import Redis

from tests.harness.services import REDIS, Service

CLIENTS: Final[dict[str, Service]] = {"redis": REDIS}
"""The server of each feature that keeps something on one."""


@contextmanager
def own_keys(service: Service) -> Generator[dict[str, str]]:
    """Begin all names as nobody else does, and delete what they name."""
    url, prefix = service.url(), f"groundplan-{uuid4().hex}"
    yield {"REDIS_URL": url, "REDIS_PREFIX": prefix}
    client: Any = cast("Any", Redis).from_url(url)
    for key in client.scan_iter(f"{prefix}:*"):
        client.delete(key)
    client.close()
