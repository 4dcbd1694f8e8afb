"""Covering arrays: few rows in which every combination of so many values occurs.

The rows of the product are given. Each is completed with values for the other options, such that
every pair (triple, ...) that is possible occurs in some row; rows are added only where the given
ones do not suffice.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations, product

from tests.harness.options import Options, Value

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


class Completion:
    """Give every row values for the ``sides``, the options that its product does not hold."""

    def __init__(self, options: Options, sides: Iterable[str], strength: int = 2) -> None:
        self.options = options
        self.sides = tuple(sides)
        self.strength = strength
        self.wanted: set[Interaction] = set()

    def complete(self, rows: list[Row], wanted: Iterable[Row] = ()) -> list[Row]:
        """Complete the rows, where possible to those that are wanted, and add what is needed."""
        self.wanted = {each for row in rows for each in self._possible(row)}
        left = list(wanted)
        done = [self._filled(_taken(left, row)) for row in rows]
        done.extend(self._filled(row) for row in left)
        while self.wanted:
            done.extend(self._row_for(min(self.wanted, key=sorted_items), rows))
        return done

    def _possible(self, row: Row) -> Iterator[Interaction]:
        """List what may be asked for with a row: that some of it is refused is found out later."""
        sides = [side for side in self.sides if self._asks(row, side)]
        for chosen in combinations([*row, *sides], self.strength):
            if not set(chosen).isdisjoint(sides):
                values = (
                    [row[name]] if name in row else self.options.values[name] for name in chosen
                )
                yield from (frozenset(zip(chosen, each, strict=True)) for each in product(*values))

    def _asks(self, row: Row, side: str) -> bool:
        return any(self._leads_on({**row, side: value}) for value in self._values(side))

    def _leads_on(self, row: Row) -> bool:
        """Whether a row is possible, at the latest when one more option has a value.

        An option may be asked only where another one says so.
        """
        return self.options.is_possible(row) or any(
            self.options.is_possible({**row, side: value})
            for side in self.sides
            if side not in row
            for value in self._values(side)
        )

    def _values(self, side: str) -> tuple[Value, ...]:
        return self.options.values[side]

    def _filled(self, row: Row) -> Row:
        """Add, one after the other, the value that meets the most of what is still wanted."""
        for side in self.sides:
            if side not in row:
                branches = [{**row, side: value} for value in self._values(side)]
                possible = [branch for branch in branches if self._leads_on(branch)]
                row = max(possible, key=self._gain, default=row)
        self.wanted -= interactions(row, self.strength)
        return row

    def _gain(self, row: Row) -> tuple[int, int]:
        """Count what a row meets, and else what it could still lead to."""
        return (
            len(self.wanted & interactions(row, self.strength)),
            sum(1 for each in self.wanted if agrees(each, row)),
        )

    def _row_for(self, interaction: Interaction, rows: list[Row]) -> list[Row]:
        """Make one more row for an interaction; none can hold it when it is impossible."""
        self.wanted.discard(interaction)
        for row in rows:
            if agrees(interaction, row) and self._leads_on({**row, **dict(interaction)}):
                return [self._filled({**row, **dict(interaction)})]
        return []


def _taken(left: list[Row], row: Row) -> Row:
    """Take one of the wanted rows that holds all of a row; else leave it as it is."""
    for each in left:
        if row.items() <= each.items():
            left.remove(each)
            return {**row, **each}
    return row


def agrees(interaction: Interaction, row: Row) -> bool:
    """Whether a row holds no other value for any of its options."""
    return all(row.get(name, value) == value for name, value in interaction)


def sorted_items(interaction: Interaction) -> list[tuple[str, str]]:
    """Order interactions, so that the same rows come out of every run."""
    return sorted((name, str(value)) for name, value in interaction)
