"""Who is in which room, in all processes; whoever a process does not name again is gone."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Final, cast

import structlog
from redis.exceptions import RedisError

from app.config.settings import Settings
from app.core.errors import UnavailableError
from app.core.live.presence_scripts import LEAVE, LINGER, RENEW
from app.core.live.publisher import Publisher
from app.core.live.rooms import Presence, topic_of
from app.core.live.window import Window
from app.core.redis import ONE_ATTEMPT, connect
from app.core.redis_outage import is_cancelled

log = structlog.stdlib.get_logger()

CONNECTIONS: Final = 4
GRACE: Final = timedelta(seconds=10)
"""How long one who was cut off is still there: most of them come back."""
ANNOUNCED: Final = 100
"""In a room of more, nobody is told who comes and goes: it would be told to all of them."""
SOCKET: Final = 16
"""Letters of an entry that name the socket; the rest names who is there."""


def names_in(entries: Iterable[bytes]) -> set[str]:
    """Read who is there, with however many sockets."""
    return {entry.decode()[SOCKET:] for entry in entries}


class Attendance:
    """Entries of this process' sockets, which it renews, and the names in all processes."""

    def __init__(self, window: Window, ttl: timedelta) -> None:
        self.window = window
        self.ttl = ttl
        self.publisher = Publisher(window)
        self.here: defaultdict[str, set[str]] = defaultdict(set)

    async def enter(self, room: str, entry: str) -> list[str]:
        """Be there from now on; give all who are, or raise UnavailableError."""
        self.here[room].add(entry)
        try:
            return sorted(await self.renew(room, [entry]))
        except BaseException:
            self.forget(room, entry)
            raise

    async def renew(self, room: str, entries: Iterable[str]) -> set[str]:
        """Say that they are still there, and tell the room who came, and who has gone."""
        script = self.window.client.register_script(RENEW)
        try:
            answer = await script([self.key(room)], [milliseconds(self.ttl), *entries])
        except RedisError as error:
            raise UnavailableError("Nobody knows now who is in the room.") from error
        gone, before = map(names_in, cast("tuple[list[bytes], list[bytes]]", answer))
        now = before | {entry[SOCKET:] for entry in entries}
        await self.announce(room, "joined", now - before - gone, len(now))
        await self.announce(room, "left", gone - now, len(now))
        return now

    async def leave(self, room: str, entry: str) -> None:
        """Be gone, and tell the room, if no other socket of the same name is there."""
        self.forget(room, entry)
        script = self.window.client.register_script(LEAVE)
        try:
            answer = await script([self.key(room)], [entry])
        except RedisError as error:
            raise UnavailableError("Nobody can be told now.") from error
        was, left = cast("tuple[int, list[bytes]]", answer)
        now = names_in(left)
        if was:
            await self.announce(room, "left", {entry[SOCKET:]} - now, len(now))

    async def linger(self, rooms: Iterable[str], entry: str) -> None:
        """Be gone soon, unless whoever was cut off comes back; without Redis, by itself."""
        left = [*rooms]
        for room in left:
            self.forget(room, entry)
        script = self.window.client.register_script(LINGER)
        for room in left:
            with suppress(RedisError):
                await script([self.key(room)], [milliseconds(min(GRACE, self.ttl)), entry])

    async def announce(self, room: str, kind: str, names: set[str], size: int) -> None:
        """Tell the room, if it is not too large for that."""
        if size <= ANNOUNCED:
            for name in sorted(names):
                await self.publisher.publish(topic_of(room), kind, Presence(room=room, by=name))

    async def keep(self) -> None:
        """Renew all entries again and again, whatever happens to Redis."""
        while not is_cancelled():
            await asyncio.sleep(self.ttl.total_seconds() / 3)
            for room, entries in [*self.here.items()]:
                with suppress(UnavailableError):
                    await self.renew(room, [*entries])

    def forget(self, room: str, entry: str) -> None:
        """Renew it no more."""
        self.here[room].discard(entry)
        if not self.here[room]:
            del self.here[room]

    def key(self, room: str) -> str:
        """Name where it is kept."""
        return self.window.redis.key("room", room)


def milliseconds(span: timedelta) -> int:
    """Count them."""
    return round(span.total_seconds() * 1000)


@asynccontextmanager
async def attendance_resource(settings: Settings) -> AsyncGenerator[Mapping[str, Attendance]]:
    """Renew what there is while the service runs."""
    client = connect(settings.redis, ONE_ATTEMPT, CONNECTIONS)
    window = Window(client, settings.redis, settings.live)
    attendance = Attendance(window, settings.sockets.presence)
    keeping = asyncio.create_task(attendance.keep())
    try:
        yield {"attendance": attendance}
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await client.aclose()
