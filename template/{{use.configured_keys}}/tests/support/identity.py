"""Who the tests are."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Final

import httpx2

from app.core.lifespan import State
from app.core.security.keys import new_key
from app.schemas.permissions.base import permissions

KEY: Final = new_key()


@contextmanager
def configured_key() -> Generator[Mapping[str, str]]:
    """Let the session's service know a key that may do everything."""
    yield {"API_KEYS": f"tests:{KEY.digest}:{'+'.join(sorted(permissions()))}"}


class SignedIn(httpx2.Auth):
    """Shows the key to the API."""

    def __init__(self, state: State) -> None:
        self.state = state

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        """Add the header, below /api/ only."""
        if request.url.path.startswith("/api/"):
            request.headers["X-API-Key"] = KEY.reveal()
        yield request
