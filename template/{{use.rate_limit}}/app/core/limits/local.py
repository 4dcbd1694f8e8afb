"""Counts of this process alone, for when there are no others."""

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final

from app.core.limits.limit import Charge, Place, Standing, Verdict

MOST_COUNTS: Final = 10_000

Key = tuple[str, Place]
Count = tuple[int, float]
"""How much is used, and when the window ends."""


class LocalCounter:
    """Counts by a clock that nobody sets, and not more than ``MOST_COUNTS``: the oldest go."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self.clock = clock
        self.counts: dict[Key, Count] = {}

    async def take(self, caller: str, charges: Sequence[Charge]) -> Verdict:
        """Take of all windows or of none; it waits for nothing, so nothing comes between."""
        standings = [self.standing((caller, charge.place)) for charge in charges]
        pairs = list(zip(charges, standings, strict=True))
        is_admitted = not any(charge.lacks(standing) for charge, standing in pairs)
        if is_admitted:
            standings = [self.add((caller, charge.place), charge.cost) for charge in charges]
        return Verdict(is_admitted, tuple(standings), self)

    async def give_back(
        self, caller: str, charges: Sequence[Charge], standings: Sequence[Standing]
    ) -> None:
        """Undo what was taken; a window that lasts longer than it did is another one."""
        for charge, before in zip(charges, standings, strict=True):
            now = self.standing((caller, charge.place))
            if now.used and now.milliseconds <= before.milliseconds:
                self.add((caller, charge.place), -charge.cost)

    def add(self, key: Key, cost: int) -> Standing:
        """Count, in the place of the oldest one when there are too many."""
        used, end = self.count(key)
        if key not in self.counts and len(self.counts) >= MOST_COUNTS:
            del self.counts[next(iter(self.counts))]
        self.counts[key] = used + cost, end
        return self.standing(key)

    def standing(self, key: Key) -> Standing:
        """Tell it in milliseconds."""
        used, end = self.count(key)
        return Standing(used, round((end - self.clock()) * 1000))

    def count(self, key: Key) -> Count:
        """Look a window up; one that is over begins anew."""
        now, (_, (_, window)) = self.clock(), key
        used, end = self.counts.get(key, (0, now))
        return (used, end) if end > now else (0, now + window.seconds)
