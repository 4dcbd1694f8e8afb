"""The way to Redis: connections that nobody else's answer is left in, and no wait in vain."""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final, cast

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.connection import parse_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.maint_notifications import MaintNotificationsConfig

from app.config.redis import RedisSettings
from app.config.settings import Settings
from app.core.lock import Locks
from app.core.redis_commands import Client
from app.core.redis_outage import Attempts, Outage

ONE_ATTEMPT: Final = Retry(NoBackoff(), 0)


class CancellableRedis(Redis):
    """A client of which no command goes on when whoever waits for it is cancelled.

    redis-py sends by ``asyncio.wait_for``, which before Python 3.12 loses a cancellation that comes
    at its very end: who asked went on, without the limit in time that it was cancelled for.
    """

    async def execute_command(self, *args: object, **options: object) -> object:
        """Run a command; it may have ended before it could be cancelled."""
        task = asyncio.current_task()
        before = task.cancelling() if task else 0
        try:
            return await super().execute_command(*args, **options)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        finally:
            if task and task.cancelling() > before:
                raise asyncio.CancelledError


def connect(settings: RedisSettings, attempts: Retry, size: int) -> Client:
    """Make a client; it connects when it is used."""
    timeout = settings.timeout.total_seconds()
    pool = BlockingConnectionPool(
        **parse_url(settings.url.get_secret_value().replace("redis+socket:", "unix:", 1)),
        max_connections=size,
        timeout=timeout,
        socket_timeout=timeout,
        socket_connect_timeout=timeout,
        retry=attempts,
        # with them a connection that holds an answer to somebody else would be used again
        maint_notifications_config=MaintNotificationsConfig(enabled=False),
    )
    return cast("Client", CancellableRedis.from_pool(pool))


@asynccontextmanager
async def open_redis(settings: RedisSettings) -> AsyncGenerator[Client]:
    """Yield a client whose commands raise ``RedisError`` at once while Redis is away.

    Somebody else looks meanwhile whether it is back.
    """
    outage = Outage()
    client = connect(settings, Attempts(outage), settings.pool_size)
    scout = connect(settings, ONE_ATTEMPT, 1)
    watch = asyncio.create_task(outage.watch(scout))
    try:
        yield client
    finally:
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch
        await scout.aclose()
        await client.aclose()


@asynccontextmanager
async def redis_resource(settings: Settings) -> AsyncGenerator[Mapping[str, object]]:
    """Have a client while the service runs, whether or not Redis is there."""
    async with open_redis(settings.redis) as client:
        yield {"redis": client, "lock": Locks(client, settings.redis)}
