"""What a process knows of its cache: loads that are under way, and what it could not forget yet."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from contextvars import Context
from typing import Final

import structlog
from redis.exceptions import RedisError

from app.config.settings import Settings

log = structlog.stdlib.get_logger()

Landing = bytes | None
"""What a load came to: the value, FAILED, or None when it was given up and is anybody's turn."""
FAILED: Final = b""

PAUSE: Final = 0.5
"""Seconds after which it is tried again to forget."""
MOST: Final = 10_000
ALL: Final = "*"
"""What is to be forgotten instead of more keys than that."""

Watch = Callable[[], Coroutine[None, None, Landing]]
Delete = Callable[[set[str]], Awaitable[None]]


class Memory:
    """Shared by all requests of a process."""

    def __init__(self) -> None:
        self.loads: dict[bytes, asyncio.Future[Landing]] = {}
        self.overdue: set[str] = set()
        self.is_behind = False
        self.tasks: set[asyncio.Task[None]] = set()

    def begin(self, lease: bytes) -> asyncio.Future[Landing]:
        """Let others follow a load."""
        self.loads[lease] = asyncio.get_running_loop().create_future()
        return self.loads[lease]

    def give_up(self, lease: bytes) -> None:
        """Let those who follow look again."""
        self.loads.pop(lease).set_result(None)

    async def follow(self, lease: bytes, watch: Watch) -> Landing:
        """Wait for a load. Of those who wait for another process, one ``watch``es for all."""
        load = self.loads.get(lease)
        if load is None:
            load = self.begin(lease)
            self.beside(self.land(lease, watch))
        return await asyncio.shield(load)

    async def land(self, lease: bytes, watch: Watch) -> None:
        """Tell all who follow."""
        load, landing = self.loads[lease], FAILED
        try:
            landing = await watch()
        finally:
            load.set_result(landing)
            del self.loads[lease]

    def postpone(self, keys: set[str], delete: Delete) -> None:
        """Forget them as soon as possible. Until then, this process uses nothing that is kept."""
        self.overdue |= keys
        if len(self.overdue) > MOST:
            self.overdue = {ALL}
        if not self.is_behind:
            self.is_behind = True
            self.beside(self.catch_up(delete))

    async def catch_up(self, delete: Delete) -> None:
        """Try until nothing is overdue."""
        while keys := self.overdue:
            self.overdue = set()
            try:
                await delete(keys)
            except RedisError:
                self.overdue |= keys
                await asyncio.sleep(PAUSE)
        self.is_behind = False

    def beside(self, work: Coroutine[None, None, None]) -> None:
        """Work on after the request that began it, and without its log context."""
        task = asyncio.get_running_loop().create_task(work, context=Context())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


@asynccontextmanager
async def open_memory() -> AsyncGenerator[Memory]:
    """Remember; at the end nothing is worked on any more."""
    memory = Memory()
    try:
        yield memory
    finally:
        for task in memory.tasks:
            task.cancel()
        await asyncio.gather(*memory.tasks, return_exceptions=True)


@asynccontextmanager
async def memory_resource(_: Settings) -> AsyncGenerator[Mapping[str, Memory]]:
    """Remember while the service runs."""
    async with open_memory() as memory:
        yield {"cache_memory": memory}
