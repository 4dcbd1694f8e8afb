"""Reduce rounds to a median and the spread around it."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Spread:
    """Hold the median and the quartiles of some rounds."""

    median: float
    low: float
    high: float
    rounds: int

    def __str__(self) -> str:
        """Write the median and, in brackets, the middle half of the rounds."""
        return f"{self.median:.3f} ({self.low:.3f}-{self.high:.3f})"


def percentile(ordered: Sequence[float], share: float) -> float:
    """Pick from an ascending sequence the value that `share` of it does not exceed."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def spread(values: Sequence[float]) -> Spread:
    """Summarise the rounds of one measurement."""
    ordered = sorted(values)
    return Spread(
        median(ordered), percentile(ordered, 0.25), percentile(ordered, 0.75), len(ordered)
    )


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> Spread:
    """Compare round by round, so that a slow minute of the machine cancels out."""
    return spread([our / their for our, their in zip(ours, theirs, strict=True)])
