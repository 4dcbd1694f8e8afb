"""One reader for all listeners of a process."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Mapping
from contextlib import AbstractContextManager, asynccontextmanager
from contextvars import Context
from datetime import timedelta
from typing import Final, Protocol, cast

import structlog
from redis.exceptions import RedisError

from app.config.settings import Settings
from app.core.live.audience import Audience
from app.core.live.event import RESET, Event, Position
from app.core.live.listener import Hearer, Listener
from app.core.live.window import Page, Window
from app.core.redis import ONE_ATTEMPT, connect
from app.core.redis_outage import is_cancelled

log = structlog.stdlib.get_logger()

BLOCK: Final = timedelta(seconds=2)
"""How long Redis waits for something to be said before it says that nothing was."""
PAUSE: Final = 0.5
"""Seconds between two attempts to hear."""


class Ears(Protocol):
    """What only the reader asks of Redis."""

    def xread(self, streams: Mapping[str, str], *, count: int, block: int) -> Awaitable[object]:
        """Wait for something behind an id of a stream, ``block`` milliseconds at the most."""
        ...


class Hub:
    """Hands out what is said, in order, to who may hear it. It reads once there was a listener."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.audience = Audience(window.live)
        self.position: Position | None = None
        self.begun = asyncio.Event()
        self.is_deaf = False
        self.heard = 0.0
        self.reader: asyncio.Task[None] | None = None

    @property
    def hears(self) -> bool:
        """Whether it heard of late, if only that nothing was said; nobody may have listened yet."""
        if self.reader is None:
            return True
        longest = 2 * (BLOCK + self.window.redis.timeout)
        silence = asyncio.get_running_loop().time() - self.heard
        return not self.is_deaf and silence < longest.total_seconds()

    def listening(self, hearer: Hearer) -> AbstractContextManager[Listener]:
        """Have somebody listen meanwhile, or raise CrowdedError or TooManyStreamsError."""
        self.start()
        return self.audience.admit(hearer)

    def start(self) -> None:
        """Read from now on, and again if reading has ended; without a request's log context."""
        if self.reader is None or self.reader.done():
            loop = asyncio.get_running_loop()
            self.heard = loop.time()
            self.reader = loop.create_task(self.read(), context=Context())

    async def stop(self) -> None:
        """Read no more."""
        if self.reader is not None:
            self.reader.cancel()
            await asyncio.gather(self.reader, return_exceptions=True)

    async def read(self) -> None:
        """Hear until the end, whatever happens to Redis."""
        while not is_cancelled():
            try:
                await self.hear()
            except RedisError as error:
                await self.be_deaf(str(error))
            except Exception as error:  # whatever it is, who listens is not left alone
                log.exception("live reader failed")
                await self.be_deaf(type(error).__name__)

    async def hear(self) -> None:
        """Hand out what was said, then wait for more: the waiting only wakes."""
        self.position = self.take(await self.window.read(self.position))
        self.be_well()
        ears = cast("Ears", self.window.client)
        block = round(BLOCK.total_seconds() * 1000)
        await ears.xread({self.window.key: self.position.id}, count=1, block=block)

    def take(self, page: Page) -> Position:
        """Hand it out. Where something is missing, everybody is told so, and then what is left."""
        if self.position is None:
            return page.end
        if not page.goes_on_from(self.position):
            self.audience.tell_all(reset(page.floor))
            return page.floor
        for event in page.events:
            self.audience.tell(event)
        return page.events[-1].position if page.events else self.position

    def be_well(self) -> None:
        """Say so, if it was not."""
        if self.is_deaf:
            log.info("live hears again")
        self.is_deaf = False
        self.heard = asyncio.get_running_loop().time()
        self.begun.set()

    async def be_deaf(self, reason: str) -> None:
        """Say so once, and wait before the next attempt."""
        if not self.is_deaf:
            log.warning("live hears nothing", reason=reason)
        self.is_deaf = True
        await asyncio.sleep(PAUSE)


def reset(position: Position) -> Event:
    """Tell that what was said before is lost."""
    return Event(position, topic="", kind=RESET, data="{}")


@asynccontextmanager
async def open_hub(settings: Settings) -> AsyncGenerator[Hub]:
    """Have a connection of its own: what waits on it holds up nobody else."""
    patient = settings.redis.model_copy(update={"timeout": settings.redis.timeout + BLOCK})
    client = connect(patient, ONE_ATTEMPT, 1)
    hub = Hub(Window(client, settings.redis, settings.live))
    try:
        yield hub
    finally:
        await hub.stop()
        await client.aclose()


@asynccontextmanager
async def live_resource(settings: Settings) -> AsyncGenerator[Mapping[str, Hub]]:
    """Have one while the service runs."""
    async with open_hub(settings) as hub:
        yield {"live": hub}
