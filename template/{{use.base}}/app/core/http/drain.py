"""Readiness ends before the server does, so that a balancer can look away in time."""

import asyncio
import signal
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import FrameType

from app.config.settings import Settings


@dataclass(slots=True)
class Drain:
    """Whether the process was told to end."""

    started: bool = False


@asynccontextmanager
async def open_drain(settings: Settings) -> AsyncGenerator[Mapping[str, Drain]]:
    """On SIGTERM answer /readyz with 503 for ``DRAIN_DELAY``, then let the server stop."""
    drain = Drain()
    stop_server = signal.getsignal(signal.SIGTERM)
    if not callable(stop_server):  # no server owns the signal: a test, a script
        yield {"drain": drain}
        return
    loop = asyncio.get_running_loop()
    delay = settings.app.drains_for.total_seconds()

    def start(number: int, frame: FrameType | None) -> None:
        drain.started = True
        loop.call_soon_threadsafe(loop.call_later, delay, stop_server, number, frame)

    signal.signal(signal.SIGTERM, start)
    try:
        yield {"drain": drain}
    finally:
        signal.signal(signal.SIGTERM, stop_server)
