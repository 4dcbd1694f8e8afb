"""Redis as the broker: what it is told, and what the queues are."""

from kombu import Queue

from app.config.celery import CelerySettings


def transport_options(settings: CelerySettings) -> dict[str, object]:
    """Look every five seconds for what lost workers had begun; wait for no silent server."""
    timeout = settings.socket_timeout.total_seconds()
    return {
        "global_keyprefix": f"{settings.queue}:",
        "visibility_timeout": settings.visibility_timeout.total_seconds(),
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
        "socket_timeout": timeout,
        "socket_connect_timeout": timeout,
        "socket_keepalive": True,
    }


def task_queue(settings: CelerySettings) -> Queue:
    """Give the queue that the workers read."""
    return Queue(settings.queue)


def dead_queue(settings: CelerySettings) -> Queue:
    """Give the queue that nobody reads, but people."""
    return Queue(settings.dead_queue)
