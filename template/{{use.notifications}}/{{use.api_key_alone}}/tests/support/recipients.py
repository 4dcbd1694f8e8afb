"""Somebody who is notified."""

from collections.abc import Generator
from dataclasses import dataclass
from uuid import uuid4

from httpx2 import Auth, Request, Response

from app.core.lifespan import State
from tests.support.keys import store


@dataclass(frozen=True)
class Recipient:
    """Somebody, and what they show to be that."""

    subject: str
    auth: Auth


class ShownKey(Auth):
    """Shows a key with each request."""

    def __init__(self, key: str) -> None:
        self.key = key

    def auth_flow(self, request: Request) -> Generator[Request, Response]:
        """Add the header."""
        request.headers["X-API-Key"] = self.key
        yield request


async def add_recipient(state: State) -> Recipient:
    """Store a key that reads what its owner is told, and sends nothing."""
    subject = uuid4().hex
    key, _ = await store(state, subject, scopes="notifications:read notifications:write")
    return Recipient(subject, ShownKey(key.reveal()))
