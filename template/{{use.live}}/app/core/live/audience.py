"""All who listen to a process, and how many of them there may be."""

from collections import Counter, defaultdict
from collections.abc import Generator
from contextlib import contextmanager

from app.config.live import LiveSettings
from app.core.live.errors import CrowdedError, TooManyStreamsError
from app.core.live.event import Event
from app.core.live.listener import Hearer, Listener


class Audience:
    """Listeners by the topics that they may hear."""

    def __init__(self, limits: LiveSettings) -> None:
        self.limits = limits
        self.listeners: defaultdict[str, set[Listener]] = defaultdict(set)
        self.seats: Counter[str] = Counter()

    @contextmanager
    def admit(self, hearer: Hearer) -> Generator[Listener]:
        """Have it listen meanwhile, or raise CrowdedError or TooManyStreamsError."""
        if self.seats.total() >= self.limits.streams:
            raise CrowdedError
        if self.seats[hearer.identity] >= self.limits.streams_each:
            raise TooManyStreamsError
        listener = Listener(hearer, self.limits.queue_size)
        self.add(listener)
        try:
            yield listener
        finally:
            self.remove(listener)

    def add(self, listener: Listener) -> None:
        """Give it a seat."""
        self.seats[listener.hearer.identity] += 1
        for topic in listener.hearer.topics:
            self.listeners[topic].add(listener)

    def remove(self, listener: Listener) -> None:
        """Leave nothing of it."""
        self.seats[listener.hearer.identity] -= 1
        self.seats = +self.seats  # without those that have none
        for topic in listener.hearer.topics:
            self.listeners[topic].discard(listener)
            if not self.listeners[topic]:
                del self.listeners[topic]

    def tell(self, event: Event) -> None:
        """Let it wait for whoever may hear it."""
        for listener in self.listeners.get(event.topic, ()):
            listener.put(event)

    def tell_all(self, event: Event) -> None:
        """Let it wait for everybody."""
        for listener in {each for listeners in self.listeners.values() for each in listeners}:
            listener.put(event)
