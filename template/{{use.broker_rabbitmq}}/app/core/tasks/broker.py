"""RabbitMQ as the broker: what it is told, and what the queues are."""

from typing import Final

from kombu import Exchange, Queue

from app.config.celery import CelerySettings

DELIVERIES: Final = 20
"""How often a message may come back because whole workers end under it."""


def transport_options(settings: CelerySettings) -> dict[str, object]:
    """Have the broker confirm what it has stored; wait for no silent server."""
    timeout = settings.socket_timeout.total_seconds()
    return {"confirm_publish": True, "read_timeout": timeout, "write_timeout": timeout}


def task_queue(settings: CelerySettings) -> Queue:
    """Give the queue that the workers read; what they refuse goes to the dead queue."""
    return Queue(
        settings.queue,
        Exchange(settings.queue, type="topic"),  # the type that lets messages wait at the broker
        routing_key=settings.queue,
        queue_arguments={
            "x-queue-type": "quorum",
            "x-delivery-limit": DELIVERIES,
            "x-overflow": "reject-publish",
            "x-dead-letter-exchange": "",
            "x-dead-letter-routing-key": settings.dead_queue,
            "x-dead-letter-strategy": "at-least-once",
        },
    )


def dead_queue(settings: CelerySettings) -> Queue:
    """Give the queue that nobody reads, but people."""
    return Queue(
        settings.dead_queue,
        routing_key=settings.dead_queue,
        queue_arguments={"x-queue-type": "quorum"},
    )
