"""Rooms: topics that a listener joins and leaves while it listens."""

from dataclasses import dataclass, replace

from pydantic import BaseModel

from app.core.live.audience import Audience
from app.core.live.listener import Listener


def topic_of(room: str) -> str:
    """Name the topic of what is said in a room."""
    return f"room:{room}"


class Presence(BaseModel):
    """Somebody, and a room."""

    room: str
    by: str


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a listener sits among all others."""

    audience: Audience
    listener: Listener

    def join(self, room: str) -> None:
        """Hear what is said there from now on."""
        topic, hearer = topic_of(room), self.listener.hearer
        self.listener.hearer = replace(hearer, topics=hearer.topics | {topic})
        self.audience.listeners[topic].add(self.listener)

    def leave(self, room: str) -> None:
        """Hear no more of it."""
        topic, hearer = topic_of(room), self.listener.hearer
        self.listener.hearer = replace(hearer, topics=hearer.topics - {topic})
        self.audience.listeners[topic].discard(self.listener)
        if not self.audience.listeners[topic]:
            del self.audience.listeners[topic]
