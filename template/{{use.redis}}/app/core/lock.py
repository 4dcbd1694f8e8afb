"""Locks that hold in all processes, as long as their holder lives."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, cast

from redis.exceptions import RedisError

from app.config.redis import RedisSettings
from app.core.errors import ConflictError, UnavailableError
from app.core.lock_scripts import GIVE_BACK, RENEW, TAKE
from app.core.redis_commands import Client

WAIT: Final = timedelta(seconds=10)
PAUSE: Final = 0.05
"""Seconds between two attempts, at the least."""


class LockedError(ConflictError):
    """Somebody else is at it."""

    code = "locked"


class LostLockError(UnavailableError):
    """The lock could not be renewed in time: somebody else may be at it by now."""


@dataclass(frozen=True, slots=True)
class Held:
    """A lock that is held. Of all its holders, a later one has a higher ``number``.

    A holder that was paused does not know that its time is over. So what is written under a lock
    keeps this number, and a write with a lower one than is kept is refused by where it is kept.
    """

    key: str
    number: int


class Locks:
    """Locks by name: ``async with lock("report", ttl=timedelta(seconds=30)) as held``."""

    def __init__(self, client: Client, settings: RedisSettings) -> None:
        self.settings = settings
        self.scripts = {each: client.register_script(each) for each in (TAKE, RENEW, GIVE_BACK)}

    @asynccontextmanager
    async def __call__(
        self, name: str, *, ttl: timedelta, wait: timedelta = WAIT
    ) -> AsyncGenerator[Held]:
        """Hold a lock meanwhile, and renew it; a holder that dies holds it for ``ttl`` at most.

        Raises LockedError when somebody else holds it for as long as ``wait``, and UnavailableError
        when Redis is away. What runs is cut short by LostLockError once the lock cannot be renewed.
        """
        held, end = await self.take(self.settings.key("lock", "{" + name + "}"), ttl, wait)
        limit = asyncio.timeout_at(end)
        try:
            async with limit:
                renewing = asyncio.create_task(self.renew(held, ttl, limit))
                try:
                    yield held
                finally:
                    renewing.cancel()
        except TimeoutError:
            if limit.expired():
                raise LostLockError(f"The lock {name} was lost.") from None
            raise
        finally:
            with suppress(RedisError):  # then it ends by itself
                await self.scripts[GIVE_BACK]([held.key], [held.number])

    async def take(self, key: str, ttl: timedelta, wait: timedelta) -> tuple[Held, float]:
        """Try until it is free; give the time of the event loop at which it ends, too."""
        clock = asyncio.get_running_loop().time
        last = clock() + wait.total_seconds()
        while True:
            began = clock()
            if number := await self.attempt(key, ttl):
                return Held(key, number), began + ttl.total_seconds()
            if clock() >= last:
                raise LockedError("Somebody else is at it.")
            await asyncio.sleep(PAUSE * random.uniform(1, 2))  # noqa: S311 - so that they alternate

    async def attempt(self, key: str, ttl: timedelta) -> int:
        """Give the number of a new holder, or 0 while there is one."""
        try:
            found = await self.scripts[TAKE]([key, f"{key}:number"], [milliseconds(ttl)])
        except RedisError as error:
            raise UnavailableError("Redis does not answer, so nothing can be locked.") from error
        return cast("int", found)

    async def renew(self, held: Held, ttl: timedelta, limit: asyncio.Timeout) -> None:
        """Move its end on, again and again; when it is another one's, the end is now."""
        clock = asyncio.get_running_loop().time
        while not limit.expired():
            await asyncio.sleep(ttl.total_seconds() / 4)
            began = clock()
            with suppress(RedisError):  # it is tried again as long as the lock lasts
                ours = await self.scripts[RENEW]([held.key], [held.number, milliseconds(ttl)])
                if not limit.expired():
                    limit.reschedule(began + ttl.total_seconds() if ours else began)


def milliseconds(span: timedelta) -> int:
    """Count them."""
    return max(1, round(span.total_seconds() * 1000))
