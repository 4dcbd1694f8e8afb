"""Somebody who may do everything, for tests that are about something else."""

import asyncio
from collections.abc import AsyncGenerator

from httpx2 import Auth, Request, Response

from app.core.lifespan import State
from app.schemas.accounts.role import Role
from tests.support.users import add_user, begin_session


class SignedIn(Auth):
    """Be an administrator, who is made at the first request below /api/."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.lock = asyncio.Lock()
        self.token: str | None = None

    async def async_auth_flow(self, request: Request) -> AsyncGenerator[Request, Response]:
        """Show an access token where it may be needed."""
        if request.url.path.startswith("/api/"):
            request.headers["Authorization"] = f"Bearer {await self.access_token()}"
        yield request

    async def access_token(self) -> str:
        """Sign in once, however many requests begin at the same time."""
        async with self.lock:
            if self.token is None:
                user = await add_user(self.state, role=Role.ADMIN)
                self.token = (await begin_session(self.state, user)).access_token
        return self.token
