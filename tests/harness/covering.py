"""Covering arrays: few rows in which every combination of so many values occurs."""

from collections.abc import Iterable
from itertools import combinations

from tests.harness.values import Value

Row = dict[str, Value]
Interaction = frozenset[tuple[str, Value]]


def interactions(row: Row, strength: int) -> set[Interaction]:
    """List the combinations of ``strength`` values that a row holds."""
    return {frozenset(chosen) for chosen in combinations(row.items(), strength)}


def covering_subset(
    rows: Iterable[Row], strength: int = 2, chosen: Iterable[Row] = ()
) -> list[Row]:
    """Choose few of the rows that hold, together, every interaction that all of them hold.

    Some may be chosen already.
    """
    left = list(rows)
    chosen = list(chosen)
    wanted = {each for row in left for each in interactions(row, strength)}
    wanted.difference_update(*(interactions(row, strength) for row in chosen))
    while wanted:
        best = max(left, key=lambda row: len(wanted & interactions(row, strength)))
        left.remove(best)
        chosen.append(best)
        wanted -= interactions(best, strength)
    return chosen


def agrees(interaction: Interaction, row: Row) -> bool:
    """Whether a row holds no other value for any of its options."""
    return all(row.get(name, value) == value for name, value in interaction)


def sorted_items(interaction: Interaction) -> list[tuple[str, str]]:
    """Order interactions, so that the same rows come out of every run."""
    return sorted((name, str(value)) for name, value in interaction)
