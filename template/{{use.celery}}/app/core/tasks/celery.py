"""Celery, set up so that no task is lost."""

from typing import Final, TypedDict

from celery import Celery

from app.config.celery import CelerySettings
from app.core.tasks.broker import task_queue, transport_options


class RetryPolicy(TypedDict):
    """How often the broker is tried, and with what pause, in seconds."""

    max_retries: int
    interval_start: int


RETRY_POLICY: Final[RetryPolicy] = {"max_retries": 1, "interval_start": 0}
"""One more attempt: a connection that nobody used for long is noticed only when it is used."""


def create_celery(settings: CelerySettings) -> Celery:
    """Describe the broker and the rules; nothing is connected yet."""
    celery = Celery(settings.queue, set_as_current=False)
    url = settings.url.get_secret_value()
    celery.conf.update(
        # not broker_url, which gives way to a variable of the environment
        broker_read_url=url,
        broker_write_url=url,
        accept_content=["json"],
        task_serializer="json",
        timezone="UTC",
        task_ignore_result=True,
        # a message is taken away once its task is done, and comes back when its worker is lost
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_retry_on_worker_lost=True,
        worker_prefetch_multiplier=1,
        task_time_limit=settings.time_limit.total_seconds(),
        task_queues=[task_queue(settings)],
        task_default_queue=settings.queue,
        task_default_exchange=task_queue(settings).exchange.name or settings.queue,
        task_default_exchange_type=task_queue(settings).exchange.type,
        task_default_routing_key=settings.queue,
        task_publish_retry_policy=RETRY_POLICY,
        broker_connection_timeout=settings.socket_timeout.total_seconds(),
        broker_connection_max_retries=None,
        broker_connection_retry_on_startup=True,
        broker_transport_options=transport_options(settings),
        worker_enable_remote_control=False,
        worker_hijack_root_logger=False,
        worker_redirect_stdouts=False,
    )
    return celery
