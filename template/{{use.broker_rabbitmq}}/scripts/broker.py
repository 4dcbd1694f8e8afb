"""The broker of this machine: the one at CELERY_BROKER_URL."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

HINT: Final = (
    "CELERY_BROKER_URL is not set: name a RabbitMQ server in .env, for example"
    " amqp://guest:guest@127.0.0.1:5672//, where `rabbitmq-server` listens once it is started"
)


@contextmanager
def provided_broker() -> Generator[None]:
    """Say how to get a broker where none is named; in production that is the settings' task."""
    if not os.environ.get("CELERY_BROKER_URL") and os.environ.get("ENVIRONMENT") == "development":
        raise SystemExit(HINT)
    yield
