"""Endpoints that exist for a test only."""

from collections.abc import Callable, Coroutine

Endpoint = Callable[[], Coroutine[None, None, None]]


def raising(error: Exception) -> Endpoint:
    """Make an endpoint that fails."""

    async def endpoint() -> None:
        raise error

    return endpoint
