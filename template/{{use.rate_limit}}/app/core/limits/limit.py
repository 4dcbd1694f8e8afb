"""What is counted, and what comes of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Protocol

from app.config.rate_limit import Window

Place = tuple[str, Window]
"""A window, under its name for clients."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What a request takes of one window of one caller."""

    policy: str
    window: Window
    cost: int

    @property
    def place(self) -> Place:
        """Say where it is counted."""
        return self.policy, self.window

    def lacks(self, standing: "Standing") -> bool:
        """Whether too little is left of it."""
        return standing.used + self.cost > self.window.amount


@dataclass(frozen=True, slots=True)
class Limit:
    """Windows that a request has to fit into, all at once."""

    name: str
    windows: tuple[Window, ...]

    def charges(self, cost: int, paid: int = 0) -> list[Charge]:
        """Say what is still to be taken; what costs more than a window has costs all of it."""
        costs = [min(cost, window.amount) - paid for window in self.windows]
        pairs = zip(self.windows, costs, strict=True)
        return [Charge(self.policy(window), window, each) for window, each in pairs if each > 0]

    def policy(self, window: Window) -> str:
        """Name one of the windows for clients."""
        return self.name if len(self.windows) == 1 else f"{self.name}-{window.seconds}"


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a window is used up, and how many milliseconds it still lasts."""

    used: int
    milliseconds: int

    @property
    def seconds(self) -> int:
        """How long it lasts, so that it is over after that."""
        return ceil(self.milliseconds / 1000)


class Counter(Protocol):
    """Counts within fixed windows, each of which begins with its first request."""

    async def take(self, caller: str, charges: Sequence[Charge]) -> "Verdict":
        """Take of all windows or, when one of them has too little left, of none."""
        ...

    async def give_back(
        self, caller: str, charges: Sequence[Charge], standings: Sequence[Standing]
    ) -> None:
        """Undo what was taken, where the window is still the same."""
        ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a request fits into all windows, and how these stand by the count of ``counter``."""

    is_admitted: bool
    standings: tuple[Standing, ...]
    counter: Counter
