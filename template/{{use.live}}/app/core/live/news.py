"""What one listener is told, from where it left off to the end of its time."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from redis.exceptions import RedisError

from app.core.live.event import Event, Position
from app.core.live.hub import PAUSE, Hub, reset
from app.core.live.listener import Listener
from app.core.live.window import Page, Window
from app.core.redis_outage import is_cancelled

SHORTEST: Final = 0.8
"""The part of its lifetime that a stream has at the least, so that not all end at once."""


@dataclass(slots=True)
class News:
    """All that its listener may hear, once and in order, after what it has ``heard``.

    Who names what is not known, or no longer there, is told ``reset``, and who names nothing is
    told what is said from now on.
    """

    listener: Listener
    hub: Hub
    window: Window
    heard: Position | None
    ends: float = 0

    @property
    def left(self) -> float:
        """How many seconds it goes on."""
        return self.ends - asyncio.get_running_loop().time()

    async def told(
        self, lifetime: timedelta, heartbeat: timedelta
    ) -> AsyncGenerator[Event | Position]:
        """Give events and, with each heartbeat, how far it has heard: there the next one begins."""
        seconds = lifetime.total_seconds() * random.uniform(SHORTEST, 1)  # noqa: S311
        self.ends = asyncio.get_running_loop().time() + seconds
        if await self.begins():
            async for event_or_end in self.missed():
                yield event_or_end
            async for event_or_mark in self.said(heartbeat.total_seconds()):
                yield event_or_mark

    async def begins(self) -> bool:
        """Wait until what is said from now on will be heard."""
        try:
            async with asyncio.timeout(self.left):
                await self.hub.begun.wait()
        except TimeoutError:
            return False
        return True

    async def missed(self) -> AsyncGenerator[Event | Position]:
        """Read up to now; while Redis is away it may come back."""
        is_behind = True
        while is_behind and self.left > 0:
            page = await self.page()
            if page is None:
                await asyncio.sleep(PAUSE)
                continue
            is_behind = page.is_full
            for event_or_end in self.taken(page):
                yield event_or_end

    async def page(self) -> Page | None:
        """Read on; there is nothing while Redis is away."""
        page: Page | None = None
        with suppress(RedisError):
            page = await self.window.read(self.heard)
        if is_cancelled():  # of which redis-py may have made an error, or nothing at all
            raise asyncio.CancelledError
        return page

    def taken(self, page: Page) -> list[Event | Position]:
        """Choose what the listener may hear, and say where it has got to."""
        before, self.heard = self.heard, page.end
        if before is None:
            return [page.end]
        if not page.goes_on_from(before):
            return [reset(page.end)]
        if page.is_full:
            self.heard = page.events[-1].position
        topics = self.listener.hearer.topics
        return [*(event for event in page.events if event.topic in topics), self.heard]

    async def said(self, heartbeat: float) -> AsyncGenerator[Event | Position]:
        """Wait for more; who is cut off comes back."""
        while self.left > 0 and not self.listener.is_cut:
            event = await self.listener.next(min(heartbeat, self.left))
            for event_or_mark in self.mark() if event is None else self.new(event):
                yield event_or_mark

    def new(self, event: Event) -> list[Event]:
        """Leave out what was read before."""
        if self.heard is not None and self.heard.includes(event.position):
            return []
        self.heard = event.position
        return [event]

    def mark(self) -> list[Position]:
        """Say where the listener has got to: where the hub has, if nothing of it waits."""
        if self.heard is None:
            return []
        if self.listener.is_idle:
            self.heard = self.heard.latest(self.hub.position)
        return [self.heard]
