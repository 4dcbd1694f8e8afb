"""What is kept in Redis, and whose turn it is to load what is not.

A reader who finds nothing stores a lease, and with it loads; the others wait. What is loaded is
kept only while the lease is still there, and to forget a key is to delete whatever it holds. So a
load that began before a change cannot store after it ("Scaling Memcache at Facebook", 3.2.1).
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from secrets import token_bytes
from typing import Final

from redis.exceptions import RedisError

from app.core.cache.memory import ALL, FAILED, Landing, Memory
from app.core.redis_commands import Client

LEASE: Final = b"\0"
"""Begins what is no value: JSON has none."""
LEASE_TIME: Final = timedelta(seconds=3)
"""How long a load keeps others from loading too, and how long a reader waits for one."""
MILLISECOND: Final = timedelta(milliseconds=1)
POLL: Final = 0.01
"""Seconds between two looks at a load of another process."""

SETTLE: Final = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return end
if ARGV[3] == '0' then redis.call('DEL', KEYS[1]) return end
redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
"""
"""Ends a lease: keeps a value, or nothing."""


class UncachedError(Exception):
    """The cache is of no use now: ask the source."""


@dataclass(slots=True)
class Load:
    """A load that is somebody's turn, and what came of it."""

    key: str
    lease: bytes
    landing: Landing = None
    ttl: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Cache:
    """The cache, for everybody or for one who asks."""

    redis: Client
    memory: Memory
    prefix: str
    max_value_size: int
    who: str = ""

    async def turn(self, key: str) -> bytes | Load:
        """Give what is kept, or else a load to carry out. Raises UncachedError."""
        try:
            async with asyncio.timeout(LEASE_TIME.total_seconds()):
                while (found := await self.look(key)) is None:
                    pass
        except (RedisError, TimeoutError) as error:
            raise UncachedError from error
        if found == FAILED:
            raise UncachedError
        return found

    async def look(self, key: str) -> Load | Landing:
        """Find a value, wait for one, or begin a load; None is to be asked again."""
        if self.memory.is_behind:
            return FAILED
        held = await self.redis.get(key)
        if held is None:
            return await self.begin(key)
        if held.startswith(LEASE):
            return await self.memory.follow(held, partial(self.watch, key, held))
        return held

    async def begin(self, key: str) -> Load | None:
        """Take the lease, unless somebody was faster."""
        load, taken = Load(key, LEASE + token_bytes(12)), None
        self.memory.begin(load.lease)  # before anybody can find it in Redis
        try:
            taken = await self.redis.set(key, load.lease, nx=True, px=LEASE_TIME // MILLISECOND)
        finally:
            if not taken:
                self.memory.give_up(load.lease)
        return load if taken else None

    async def watch(self, key: str, lease: bytes) -> Landing:
        """Wait for another process."""
        try:
            held = await self.redis.get(key)
            while held == lease:
                await asyncio.sleep(POLL)
                held = await self.redis.get(key)
        except RedisError:
            return FAILED
        return None if held is None or held.startswith(LEASE) else held

    @asynccontextmanager
    async def loading(self, load: Load) -> AsyncGenerator[None]:
        """Tell those who wait, and keep what was loaded."""
        try:
            yield
        except Exception:
            load.landing = FAILED
            raise
        finally:
            self.memory.loads[load.lease].set_result(load.landing)
            with suppress(RedisError):
                await self.settle(load)

    async def settle(self, load: Load) -> None:
        """End the lease, and keep the value if there is one that is not too large."""
        value = load.landing or b""
        lifetime = 0 if len(value) > self.max_value_size else load.ttl // MILLISECOND
        try:
            await self.redis.register_script(SETTLE)([load.key], [load.lease, value, lifetime])
        finally:
            del self.memory.loads[load.lease]

    async def forget(self, *keys: str) -> None:
        """Delete what is kept, and keep nothing of what is being loaded; later if need be."""
        try:
            await self.delete(set(keys))
        except RedisError:
            self.memory.postpone(set(keys), self.delete)

    async def delete(self, keys: set[str]) -> None:
        """Delete keys, or all of them."""
        if ALL in keys:
            keys = {key.decode() async for key in self.redis.scan_iter(f"{self.prefix}:*", 1000)}
        if keys:
            await self.redis.delete(*keys)
