"""A queue of its own for a variant, on the broker that it needs."""

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Final, Protocol, cast
from uuid import uuid4

from kombu import Connection

from tests.harness.services import RABBITMQ, REDIS, Service


class Client(Protocol):
    """What is needed of Redis."""

    def keys(self, pattern: str) -> Iterable[bytes]:
        """Name the keys that match."""
        ...

    def delete(self, key: bytes) -> object:
        """Delete one."""
        ...


class Channel(Protocol):
    """What is needed of a channel: a client with Redis, the rest with RabbitMQ."""

    client: Client

    def queue_delete(self, queue: str) -> object:
        """Delete a queue with what is in it."""
        ...

    def exchange_delete(self, exchange: str) -> object:
        """Delete the way to a queue."""
        ...


BROKERS: Final[dict[str, Service]] = {"broker_redis": REDIS, "broker_rabbitmq": RABBITMQ}
"""The server of each feature that is a broker."""


@contextmanager
def own_queue(service: Service) -> Generator[dict[str, str]]:
    """Name a queue that nobody else uses, and delete it and what belongs to it."""
    url, queue = service.url(), f"groundplan-{uuid4().hex}"
    yield {"CELERY_BROKER_URL": url, "CELERY_QUEUE": queue}
    with Connection(url) as connection:
        DELETE[service.name](connection, queue)


def delete_keys(connection: Connection, queue: str) -> None:
    """Every key of a service begins with the name of its queue."""
    client: Client = cast("Channel", connection.default_channel).client
    for key in client.keys(f"{queue}:*"):
        client.delete(key)


def delete_queues(connection: Connection, queue: str) -> None:
    """The queue, that of the tasks that were given up, and the way to them."""
    channel = cast("Channel", connection.default_channel)
    for name in (queue, f"{queue}.dead"):
        channel.queue_delete(name)
    channel.exchange_delete(queue)


DELETE: Final = {REDIS.name: delete_keys, RABBITMQ.name: delete_queues}
