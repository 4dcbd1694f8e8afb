"""Whether what sockets were opened with still holds."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from app.config.settings import Settings
from app.core.errors import AppError
from app.core.redis_outage import is_cancelled

log = structlog.stdlib.get_logger()

Check = Callable[[], Awaitable[bool]]
End = Callable[[], None]


@dataclass(eq=False)
class Watched:
    """A credential, how to look it up, and what ends the sockets that were opened with it."""

    check: Check
    ends: set[End] = field(default_factory=set[End])


class Vigil:
    """Looks each credential up once in an ``interval``, however many sockets it has.

    Nobody has to say that one has ended, so nothing of that can be lost, and Redis is not needed.
    """

    def __init__(self, interval: timedelta) -> None:
        self.interval = interval
        self.watched: dict[str, Watched] = {}

    @contextmanager
    def watching(self, credential: str, check: Check, end: End) -> Generator[None]:
        """Have ``end`` called once it does not hold any more."""
        watched = self.watched.setdefault(credential, Watched(check))
        watched.ends.add(end)
        try:
            yield
        finally:
            watched.ends.discard(end)
            if not watched.ends:
                self.watched.pop(credential, None)

    async def keep(self) -> None:
        """Look again and again, at one after the other."""
        while not is_cancelled():
            round_ = [*self.watched.values()]
            pause = self.interval.total_seconds() / max(1, len(round_))
            for watched in round_:
                await asyncio.sleep(pause)
                await self.look_at(watched)
            if not round_:
                await asyncio.sleep(pause)

    async def look_at(self, watched: Watched) -> None:
        """End its sockets, unless it holds; while nobody can tell, it does."""
        try:
            holds = await watched.check()
        except AppError as error:
            log.warning("credential of sockets not looked up", code=error.code)
            return
        except Exception:  # whatever it is, the others are looked at
            log.exception("credential of sockets not looked up")
            return
        if not holds:
            for end in [*watched.ends]:
                end()


@asynccontextmanager
async def vigil_resource(settings: Settings) -> AsyncGenerator[Mapping[str, Vigil]]:
    """Look while the service runs."""
    vigil = Vigil(settings.recheck.interval)
    keeping = asyncio.create_task(vigil.keep())
    try:
        yield {"vigil": vigil}
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
