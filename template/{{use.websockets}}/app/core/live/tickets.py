"""Tickets: a browser cannot send a header with a socket, and a URL is no place for a credential."""

import secrets
from collections.abc import Awaitable
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from typing import Protocol, cast

from redis.exceptions import RedisError

from app.config.redis import RedisSettings
from app.core.errors import UnavailableError
from app.core.live.socket_errors import InvalidTicketError
from app.core.redis_commands import Client


class Taker(Protocol):
    """What only tickets ask of Redis."""

    def getdel(self, name: str, /) -> Awaitable[bytes | None]:
        """Read a key and delete it, in one step."""
        ...


@dataclass(frozen=True, slots=True)
class Tickets:
    """Each is good once, and for ``ttl``. Of a ticket, only the SHA-256 is kept."""

    client: Client
    redis: RedisSettings
    ttl: timedelta

    async def give(self, what_for: str) -> str:
        """Make a ticket; raise UnavailableError while Redis is away."""
        ticket = secrets.token_urlsafe(32)
        lifetime = round(self.ttl.total_seconds() * 1000)
        try:
            await self.client.set(self.key(ticket), what_for, px=lifetime)
        except RedisError as error:
            raise UnavailableError("There are no tickets now.") from error
        return ticket

    async def take(self, ticket: str) -> bytes:
        """Say what it is for, to whoever shows it first; raise InvalidTicketError to all others."""
        try:
            found = await cast("Taker", self.client).getdel(self.key(ticket))
        except RedisError as error:
            raise UnavailableError("No ticket can be looked up now.") from error
        if found is None:
            raise InvalidTicketError
        return found

    def key(self, ticket: str) -> str:
        """Name where it is kept: 32 random bytes are not guessed from their digest."""
        return self.redis.key("ticket", sha256(ticket.encode()).hexdigest())
