"""A broker for the tests."""

from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from typing import Protocol, cast
from uuid import uuid4

from kombu import Connection

from tests.support.valkey import server


class Client(Protocol):
    """What the tests need of Redis."""

    def keys(self, pattern: str) -> Iterable[bytes]:
        """Name the keys that match."""
        ...

    def delete(self, key: bytes) -> object:
        """Delete one."""
        ...


@contextmanager
def own_queue() -> Generator[Mapping[str, str]]:
    """Use names on the broker that nobody else does, and delete what they name."""
    queue = f"test-{uuid4().hex}"
    with server() as url:
        yield {"CELERY_BROKER_URL": url, "CELERY_QUEUE": queue}
        with Connection(url) as connection:
            client: Client = cast("Channel", connection.default_channel).client
            for key in client.keys(f"{queue}*"):
                client.delete(key)


class Channel(Protocol):
    """Kombu's, for Redis."""

    client: Client
