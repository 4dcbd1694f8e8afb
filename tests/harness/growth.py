"""Covering arrays that grow: one option after the other, and what was there stays as it was.

The rows of the product are given. Each option in turn takes its default in every row, and another
value only in the few rows in which an interaction needs it; rows are added where the given ones do
not suffice. So one more option changes no other column of a row, and most rows leave it off.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations, product

from tests.harness.covering import Interaction, Row, agrees, sorted_items
from tests.harness.options import Options
from tests.harness.values import Value


class Growth:
    """Give every row values for the ``sides``, the options that its product does not hold.

    Every combination of so many values (``strength``) that is possible occurs in some row.
    """

    def __init__(self, options: Options, sides: Iterable[str], strength: int = 2) -> None:
        self.options = options
        self.sides = tuple(sides)
        self.strength = strength
        self.products: list[Row] = []

    def complete(self, given: Iterable[Row], wanted: Iterable[Row] = ()) -> list[Row]:
        """Complete the rows, where possible to those that are wanted, and add what is needed."""
        rows, left = [dict(row) for row in given], list(wanted)
        wishes = [_taken(left, row) for row in rows]
        rows += [{name: row[name] for name in row if name not in self.sides} for row in left]
        wishes += left
        self.products = [dict(row) for row in rows]
        for number, side in enumerate(self.sides, 1):
            column = Column(self, side)
            for row, wish in zip(rows, wishes, strict=True):
                column.start(row, wish)
            rows += self._widened(column, self.sides[:number])
            wishes += [{}] * (len(rows) - len(wishes))
        return rows

    def _widened(self, column: "Column", sides: tuple[str, ...]) -> Iterator[Row]:
        """Meet what the newest option asks for: by other values in old rows, else by new rows."""
        missing = {each for row in self.products for each in self._possible(row, sides)}
        missing -= column.met.keys()
        column.spread(missing)
        missing -= column.met.keys()
        while missing:
            interaction = min(missing, key=sorted_items)
            missing.discard(interaction)
            if row := self._row_for(interaction, sides, missing):
                missing -= column.meets(row)
                yield row

    def _possible(self, row: Row, sides: tuple[str, ...]) -> Iterator[Interaction]:
        """List what may be asked for with a row: that some of it is refused is found out later."""
        *others, side = sides
        if not self._is_asked(row, side):
            return
        asked = [name for name in others if name not in row and self._is_asked(row, name)]
        given = [name for name in row if name != side]
        for chosen in combinations([*given, *asked], self.strength - 1):
            names = (*chosen, side)
            values = ([row[name]] if name in row else self.options.values[name] for name in names)
            yield from (frozenset(zip(names, each, strict=True)) for each in product(*values))

    def _row_for(
        self, interaction: Interaction, sides: tuple[str, ...], missing: set[Interaction]
    ) -> Row | None:
        """Make one more row for an interaction; none can hold it when it is impossible."""
        rows = ({**row, **dict(interaction)} for row in self.products if agrees(interaction, row))
        possible = (row for row in rows if self._leads_on(row))
        best = max(
            possible, key=lambda row: sum(agrees(each, row) for each in missing), default=None
        )
        return best and self._filled(best, sides, missing)

    def _filled(self, row: Row, sides: tuple[str, ...], missing: set[Interaction]) -> Row:
        """Add, one after the other, what meets the most of what is missing, else the default."""
        for side in sides:
            if side not in row:
                met = [
                    (sum(each <= branch.items() for each in missing), -place, branch)
                    for place, branch in enumerate(self.branches(row, side))
                ]
                row = max(met)[2] if met else row
        return row

    def branches(self, row: Row, side: str) -> list[Row]:
        """Give a row with each value that it can have for an option, first with its default."""
        usual = self.options.default(row, side)
        values = sorted(self.options.values[side], key=lambda value: value != usual)
        branches = [{**row, side: value} for value in values]
        return [branch for branch in branches if self._leads_on(branch)]

    def _is_asked(self, row: Row, side: str) -> bool:
        return any(self._leads_on({**row, side: value}) for value in self.options.values[side])

    def _leads_on(self, row: Row) -> bool:
        """Whether a row is possible, at the latest when one earlier option has a value.

        An option may be asked only where another one says so.
        """
        more = (
            {**row, side: value}
            for side in self._earlier(row)
            for value in self.options.values[side]
        )
        return self.options.is_possible(row) or any(map(self.options.is_possible, more))

    def _earlier(self, row: Row) -> Iterator[str]:
        """Name the options before the last one of a row that it has no value for."""
        last = max((place for place, side in enumerate(self.sides) if side in row), default=0)
        return (side for side in self.sides[:last] if side not in row)


class Column:
    """One option over all rows: which value each row has, and what they meet with it."""

    def __init__(self, growth: Growth, side: str) -> None:
        self.growth = growth
        self.side = side
        self.met = Counter[Interaction]()
        self.free: list[tuple[Row, list[Value]]] = []

    def start(self, row: Row, wish: Row) -> None:
        """Give a row what is wished for it, else the default, which may change later."""
        values = [branch[self.side] for branch in self.growth.branches(row, self.side)]
        if not values:
            return
        row[self.side] = wish.get(self.side, values[0])
        if self.side not in wish:
            self.free.append((row, values[1:]))
        self.met.update(self.meets(row))

    def spread(self, missing: set[Interaction]) -> None:
        """Give other values to the few rows that meet the most with them."""
        missing = set(missing)
        while choices := list(self._choices(missing)):
            _, place, value = max(choices, key=lambda choice: choice[:2])
            row, _ = self.free.pop(-place)
            self.met.subtract(self.meets(row))
            row[self.side] = value
            self.met.update(self.meets(row))
            missing -= self.meets(row)

    def _choices(self, missing: set[Interaction]) -> Iterator[tuple[int, int, Value]]:
        """Weigh each change by which nothing is lost: by what it meets, then the first row."""
        for place, (row, values) in enumerate(self.free):
            if all(self.met[each] > 1 for each in self.meets(row)):
                for value in values:
                    if gain := len(missing & self.meets({**row, self.side: value})):
                        yield gain, -place, value

    def meets(self, row: Row) -> set[Interaction]:
        """List the combinations of values that a row holds with that of this option."""
        own = (self.side, row[self.side])
        others = [item for item in row.items() if item != own]
        return {frozenset({*each, own}) for each in combinations(others, self.growth.strength - 1)}


def _taken(left: list[Row], row: Row) -> Row:
    """Take one of the wanted rows that holds all of a row; else nothing is wished for."""
    for each in left:
        if row.items() <= each.items():
            left.remove(each)
            return each
    return {}
