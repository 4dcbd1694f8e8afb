"""The broker of this machine: the one at CELERY_BROKER_URL, or an embedded Valkey."""

from contextlib import AbstractContextManager

from scripts.valkey import provided_valkey


def provided_broker() -> AbstractContextManager[None]:
    """Have CELERY_BROKER_URL set."""
    return provided_valkey("CELERY_BROKER_URL")
