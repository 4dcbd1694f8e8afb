"""Those who use the service while it is attacked."""

import asyncio
import time
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from statistics import median
from typing import Final

import httpx2

LOOP: Final = "/healthz"
"""Does nothing: whoever asks waits for the event loop alone."""
WHOLE: Final = "/readyz"
"""Asks all that the service depends on."""

ROUNDS: Final = 10
"""So many tell something."""


@dataclass
class Others:
    """What they have seen: milliseconds by path, and how often that was no success."""

    times: dict[str, list[float]] = field(default_factory=lambda: {LOOP: [], WHOLE: []})
    refused: int = 0
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def ask(self, client: httpx2.AsyncClient) -> None:
        """Ask over and over."""
        while True:
            for path, times in self.times.items():
                began = time.perf_counter()
                response = await client.get(path)
                times.append(1000 * (time.perf_counter() - began))
                self.refused += not response.is_success
            if len(self.times[WHOLE]) == ROUNDS:
                self.enough.set()
            await asyncio.sleep(0.01)

    def figures(self) -> dict[str, float]:
        """Give the middle one and the worst of each, and how many were refused."""
        found = {
            f"{path} {name}": value
            for path, times in self.times.items()
            for name, value in (("median", median(times)), ("worst", max(times)))
        }
        return {**found, "refused": self.refused}


@asynccontextmanager
async def others(url: str) -> AsyncGenerator[Others]:
    """Let them ask meanwhile, each time anew; that one of them is hung up on fails the test."""
    found = Others()
    anew = httpx2.Limits(max_keepalive_connections=0)
    async with httpx2.AsyncClient(base_url=url, timeout=20, limits=anew) as client:
        asking = asyncio.create_task(found.ask(client))
        asking.add_done_callback(lambda _: found.enough.set())
        try:
            yield found
        finally:
            asking.cancel()
            with suppress(asyncio.CancelledError):
                await asking
