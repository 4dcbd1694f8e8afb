"""Somebody beside the one whom the tests are signed in as."""

from collections.abc import Generator

from httpx2 import Auth, Request, Response

from app.core.lifespan import State
from tests.support.keys import store


class KeyHolder(Auth):
    """Shows a key with each request."""

    def __init__(self, key: str) -> None:
        self.key = key

    def auth_flow(self, request: Request) -> Generator[Request, Response]:
        """Add the header."""
        request.headers["X-API-Key"] = self.key
        yield request


async def customer(state: State) -> Auth:
    """Store a key that may order, and change no product."""
    key, _ = await store(state, "customer", scopes="orders:read orders:write")
    return KeyHolder(key.reveal())
