"""So much at once, and a queue with an end."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from app.core.batching.errors import QueueFullError


class Turns:
    """Places for ``most`` at once, first come, first served, while up to ``queue`` wait."""

    def __init__(self, most: int, queue: int) -> None:
        self._places = asyncio.Semaphore(most)
        self._queue = queue
        self.waiting = 0

    def enter(self) -> None:
        """Begin to wait, or raise QueueFullError."""
        if self.waiting >= self._queue:
            raise QueueFullError
        self.waiting += 1

    def leave(self) -> None:
        """Wait no more."""
        self.waiting -= 1

    def place(self) -> AbstractAsyncContextManager[None]:
        """Have a place within, for as many as have entered."""
        return self._places

    @asynccontextmanager
    async def turn(self) -> AsyncGenerator[None]:
        """Wait for a place, and have it within; raise QueueFullError where too many wait."""
        self.enter()
        try:
            await self._places.acquire()
        finally:
            self.leave()
        try:
            yield
        finally:
            self._places.release()
