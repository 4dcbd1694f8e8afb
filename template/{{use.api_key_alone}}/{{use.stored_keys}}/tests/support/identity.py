"""Who the tests are."""

import asyncio
from collections.abc import AsyncGenerator

import httpx2

from app.core.database.session import transaction
from app.core.lifespan import State
from app.repositories.api_key import ApiKeyRepository
from app.schemas.api_key import NewKey
from app.schemas.permissions.base import permissions
from app.services.api_key import ApiKeyService


class SignedIn(httpx2.Auth):
    """Shows the API a key that may do everything; it is made for the first request."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.lock = asyncio.Lock()
        self.key: str | None = None

    async def async_auth_flow(
        self, request: httpx2.Request
    ) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        """Add the header, below /api/ only."""
        if request.url.path.startswith("/api/"):
            request.headers["X-API-Key"] = await self.shown_key()
        yield request

    async def shown_key(self) -> str:
        """Make the key once, whoever asks first."""
        async with self.lock:
            if self.key is None:
                self.key = await make_key(self.state)
            return self.key


async def make_key(state: State) -> str:
    """Store a key that may do everything."""
    body = NewKey(name="tests", scopes=frozenset(permissions()))
    async with transaction(state["database"]) as session:
        made = await ApiKeyService(ApiKeyRepository(session)).make("tests", body)
    return made.key
