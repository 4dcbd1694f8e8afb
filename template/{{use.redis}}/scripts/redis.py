"""The Redis of this machine: the one at REDIS_URL, or an embedded Valkey."""

from contextlib import AbstractContextManager

from scripts.valkey import provided_valkey


def provided_redis() -> AbstractContextManager[None]:
    """Have REDIS_URL set."""
    return provided_valkey("REDIS_URL")
