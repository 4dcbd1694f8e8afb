"""While Redis is away: one task waits for it, and nobody else."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, Self, TypeVar

import structlog
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as AwayError
from redis.exceptions import RedisError
from redis.exceptions import TimeoutError as SilentError

from app.core.redis_commands import Client

log = structlog.stdlib.get_logger()

Result = TypeVar("Result")

PAUSE: Final = 0.5
"""Seconds between two looks whether Redis is back."""


class Outage:
    """Whether Redis is away, said in the log when it begins and when it ends."""

    def __init__(self) -> None:
        self.noticed = asyncio.Event()

    @property
    def lasts(self) -> bool:
        """Whether it is away now."""
        return self.noticed.is_set()

    def begin(self, error: RedisError) -> None:
        """Notice it."""
        if not self.lasts:
            log.warning("redis away", reason=str(error))
            self.noticed.set()

    async def watch(self, client: Client) -> None:
        """Look for Redis whenever it is away, until it is back."""
        while not is_cancelled() and await self.noticed.wait():
            if await is_found(client) and await answers(client):
                log.info("redis back")
                self.noticed.clear()
            else:
                await asyncio.sleep(PAUSE)


def is_cancelled() -> bool:
    """Tell whether the task is to end; redis-py may have made an error of its own of that."""
    task = asyncio.current_task()
    return task is not None and bool(task.cancelling())


async def is_found(client: Client) -> bool:
    """Whether the server's name leads anywhere.

    A lookup that hangs cannot be ended, and holds one of the few threads that all others need: it
    is waited for, however long it takes, before there is another.
    """
    place = client.connection_pool.connection_kwargs
    if "host" not in place:  # but a socket of this machine
        return True
    try:
        await asyncio.get_running_loop().getaddrinfo(place["host"], None)
    except OSError:
        return False
    return True


async def answers(client: Client) -> bool:
    """Whether Redis takes commands."""
    try:
        await client.ping()
    except RedisError:
        return False
    return True


class Attempts(Retry):
    """Have everything tried once, and nothing during an outage."""

    def __init__(self, outage: Outage) -> None:
        super().__init__(NoBackoff(), 0)
        self.outage = outage

    def __deepcopy__(self, _: object) -> Self:
        """Be the same for each connection: they share the server."""
        return self

    async def call_with_retry(
        self,
        do: Callable[[], Awaitable[Result]],
        fail: Callable[[Exception], object] | Callable[[Exception, int], object],
        is_retryable: Callable[[Exception], bool] | None = None,
        with_failure_count: bool = False,
    ) -> Result:
        """Connect, or send a command and read its answer."""
        if self.outage.lasts:
            raise AwayError("Redis does not answer.")
        try:
            return await super().call_with_retry(do, fail, is_retryable, with_failure_count)
        except (AwayError, SilentError) as error:
            self.outage.begin(error)
            raise
