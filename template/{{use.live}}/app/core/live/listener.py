"""Whoever listens: what it may hear, and what waits for it."""

import asyncio
from dataclasses import dataclass

from app.core.live.event import Event


@dataclass(frozen=True, slots=True)
class Hearer:
    """Who listens, by a name for its limits, and to which topics."""

    identity: str
    topics: frozenset[str]


class Listener:
    """Events that wait for one stream; whoever lets too many wait is cut off, and may come back."""

    def __init__(self, hearer: Hearer, size: int) -> None:
        self.hearer = hearer
        self.is_cut = False
        self._queue: asyncio.Queue[Event | None] = asyncio.Queue(size)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits, and nothing that did was forgotten."""
        return not self.is_cut and self._queue.empty()

    def put(self, event: Event) -> None:
        """Have it wait, unless too much does."""
        if self.is_cut:
            return
        if self._queue.full():
            self.cut()
        else:
            self._queue.put_nowait(event)

    def cut(self) -> None:
        """Forget what waits: it is in the window for whoever comes back."""
        self.is_cut = True
        while not self._queue.empty():
            self._queue.get_nowait()
        self._queue.put_nowait(None)

    async def next(self, seconds: float) -> Event | None:
        """Wait for the next event; there is none in time, or never again when it ``is_cut``."""
        try:
            async with asyncio.timeout(seconds):
                return await self._queue.get()
        except TimeoutError:
            return None
