"""Telling listeners, in all processes."""

from dataclasses import dataclass

from pydantic import BaseModel
from redis.exceptions import RedisError

from app.core.errors import UnavailableError
from app.core.live.event import KIND, RESET
from app.core.live.window import Window


@dataclass(frozen=True, slots=True)
class Publisher:
    """Says things to whoever hears a topic: ``PUBLIC``, or ``own(subject)`` for one listener."""

    window: Window

    async def publish(self, topic: str, kind: str, body: BaseModel) -> None:
        """Say something; listeners get ``kind`` as the event's name, and ``body`` as JSON.

        Raises UnavailableError while Redis is away: then it may have been said or not. ValueError
        for a kind that is none, and for more than ``LIVE_MAX_SIZE`` bytes.
        """
        if kind == RESET or not KIND.fullmatch(kind):
            raise ValueError(f"{kind!r} names no event: use letters, digits, dots and underscores")
        data = body.model_dump_json()
        if (size := len(data.encode())) > self.window.live.max_size:
            raise ValueError(f"{kind} has {size} bytes, which is more than LIVE_MAX_SIZE")
        try:
            await self.window.say(topic, kind, data)
        except RedisError as error:
            raise UnavailableError("Nobody can be told now.") from error
