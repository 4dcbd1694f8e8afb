"""A queue of its own for a variant, on the broker that it needs."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final
from uuid import uuid4

from kombu import Connection

from tests.harness.services import RABBITMQ, REDIS, Service

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
    client = connection.default_channel.client
    for key in client.keys(f"{queue}:*"):
        client.delete(key)


def delete_queues(connection: Connection, queue: str) -> None:
    """The queue, that of the tasks that were given up, and the way to them."""
    for name in (queue, f"{queue}.dead"):
        connection.default_channel.queue_delete(name)
    connection.default_channel.exchange_delete(queue)


DELETE: Final = {REDIS.name: delete_keys, RABBITMQ.name: delete_queues}
