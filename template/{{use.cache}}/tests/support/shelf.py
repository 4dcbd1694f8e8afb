"""Something to read from, and how it is read through a cache."""

import asyncio
from datetime import timedelta

from app.core.cache.cached import cached


class Shelf:
    """Titles. ``loads`` lists what was asked for; who reads waits until it is ``open``."""

    def __init__(self, **titles: str) -> None:
        self.titles = titles
        self.loads: list[str] = []
        self.open = asyncio.Event()
        self.open.set()

    async def find(self, name: str) -> str | None:
        """Read first, and answer later."""
        self.loads.append(name)
        title = self.titles.get(name)
        await self.open.wait()
        return title

    async def is_asked(self, times: int = 1) -> None:
        """Wait until somebody reads."""
        async with asyncio.timeout(10):
            while len(self.loads) < times:  # noqa: ASYNC110 - nobody sets an event
                await asyncio.sleep(0.001)


@cached(ttl=timedelta(minutes=1))
async def title(shelf: Shelf, name: str) -> str | None:
    """Find a title."""
    return await shelf.find(name)


@cached(ttl=timedelta(minutes=1), missing=timedelta(seconds=5))
async def title_or_none(shelf: Shelf, name: str) -> str | None:
    """Find a title; that there is none is kept too."""
    return await shelf.find(name)
