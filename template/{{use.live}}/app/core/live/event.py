"""What is said, about what, and where in the order of all that is said."""

import re
from dataclasses import dataclass
from typing import Final, Self

ID: Final = re.compile(r"([0-9a-f]{16})-([0-9]{1,15})-([0-9]{1,15})")
KIND: Final = re.compile(r"[a-z][a-z0-9_.]{0,63}")

PUBLIC: Final = "public"
"""The topic that whoever may listen at all hears."""

RESET: Final = "reset"
"""Said to a listener who has missed what is no longer there: whatever it knows is out of date."""

Place = tuple[int, int]
"""The id that Redis gave, which only rises: milliseconds since 1970, and a number."""


def own(subject: str) -> str:
    """Name the topic that only one listener hears, whatever it listens with."""
    return f"of:{subject}"


@dataclass(frozen=True, slots=True)
class Position:
    """How far somebody has heard. What was said before Redis was emptied has another ``epoch``."""

    epoch: str
    place: Place

    @classmethod
    def read(cls, text: str) -> Self:
        """Take what a client says that it heard last; what is no id was never given to anybody."""
        if (found := ID.fullmatch(text)) is None:
            return cls("", (0, 0))
        epoch, milliseconds, number = found.groups()
        return cls(epoch, (int(milliseconds), int(number)))

    def __str__(self) -> str:
        """Write it for clients."""
        return f"{self.epoch}-{self.id}"

    @property
    def id(self) -> str:
        """Write its place for Redis."""
        return f"{self.place[0]}-{self.place[1]}"

    def includes(self, other: "Position") -> bool:
        """Whether who is here has heard the other one."""
        return self.epoch == other.epoch and self.place >= other.place

    def latest(self, other: "Position | None") -> "Position":
        """Give the other one, if whoever is there has heard all of this."""
        return other if other is not None and other.includes(self) else self


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was said; ``data`` is JSON without a line break."""

    position: Position
    topic: str
    kind: str
    data: str
