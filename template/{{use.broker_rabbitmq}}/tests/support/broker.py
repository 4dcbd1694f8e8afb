"""A broker for the tests."""

import os
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Final, Protocol, cast
from uuid import uuid4

from kombu import Connection

LOCAL: Final = "amqp://guest:guest@127.0.0.1:5672//"


class Channel(Protocol):
    """What the tests need of a channel."""

    def queue_delete(self, queue: str) -> object:
        """Delete a queue with what is in it."""
        ...

    def exchange_delete(self, exchange: str) -> object:
        """Delete the way to a queue."""
        ...


@contextmanager
def own_queue() -> Generator[Mapping[str, str]]:
    """Use names on the broker that nobody else does, and delete what they name."""
    url = os.environ.get("TEST_RABBITMQ_URL") or LOCAL
    queue = f"test-{uuid4().hex}"
    yield {"CELERY_BROKER_URL": url, "CELERY_QUEUE": queue}
    with Connection(url) as connection:
        channel = cast("Channel", connection.default_channel)
        for name in (queue, f"{queue}.dead"):
            channel.queue_delete(name)
        channel.exchange_delete(queue)
