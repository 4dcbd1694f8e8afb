"""What was said of late, in Redis: whoever comes back in time has missed nothing."""

from dataclasses import dataclass
from secrets import token_hex
from typing import Final, cast

from app.config.live import LiveSettings
from app.config.redis import RedisSettings
from app.core.live.event import Event, Place, Position
from app.core.live.scripts import READ, SAY
from app.core.redis_commands import Client

BATCH: Final = 100
EXTRA: Final = 3_600_000
"""Milliseconds by which the window as a whole outlasts what is in it."""
NOTHING: Final = "+"
"""From where nothing is read."""

Entry = tuple[bytes, list[bytes]]


def place_of(raw: bytes) -> Place:
    """Read an id of Redis."""
    milliseconds, number = raw.decode().split("-")
    return int(milliseconds), int(number)


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the window: nothing at or before ``floor`` is sure to be there any more."""

    floor: Position
    end: Position
    events: list[Event]

    @property
    def is_full(self) -> bool:
        """Whether there may be more."""
        return len(self.events) == BATCH

    def goes_on_from(self, position: Position) -> bool:
        """Whether all that was said after ``position`` is still there."""
        return position.includes(self.floor) and self.end.includes(position)


@dataclass(frozen=True, slots=True)
class Window:
    """Each call is one script; both raise ``RedisError`` when Redis is away."""

    client: Client
    redis: RedisSettings
    live: LiveSettings

    @property
    def key(self) -> str:
        """Where it is."""
        return self.redis.key("live")

    @property
    def lifetime(self) -> int:
        """How long it stays when nothing happens, in milliseconds."""
        return self.milliseconds + EXTRA

    @property
    def milliseconds(self) -> int:
        """How long what is said stays at the least, if it is not too much."""
        return round(self.live.window.total_seconds() * 1000)

    async def say(self, topic: str, kind: str, data: str) -> None:
        """Add something."""
        limits = (self.lifetime, self.milliseconds, self.live.window_size)
        script = self.client.register_script(SAY)
        await script([self.key], [token_hex(8), *limits, topic, kind, data])

    async def read(self, after: Position | None) -> Page:
        """Read on, ``BATCH`` events at the most; from nowhere, only where it ends."""
        start = NOTHING if after is None else f"{after.place[0]}-{after.place[1] + 1}"
        script = self.client.register_script(READ)
        answer = await script([self.key], [token_hex(8), self.lifetime, start, BATCH])
        epoch, floor, end, entries = cast("tuple[bytes, bytes, bytes, list[Entry]]", answer)
        name = epoch.decode()
        return Page(
            Position(name, place_of(floor)),
            Position(name, place_of(end)),
            [event_of(name, *entry) for entry in entries],
        )


def event_of(epoch: str, raw: bytes, fields: list[bytes]) -> Event:
    """Read an entry of the stream."""
    topic, kind, data = (each.decode() for each in fields[1::2])
    return Event(Position(epoch, place_of(raw)), topic, kind, data)
