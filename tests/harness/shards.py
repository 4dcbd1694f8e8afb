"""One part of all that is to be proven, so that several machines share it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

import pytest

from tests.harness.stages.table import stages_of
from tests.harness.variant import Variant


@dataclass(frozen=True)
class Shard:
    """The part ``number`` of ``count``: 1 of 1 is all."""

    number: int
    count: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what is written as 3/8."""
        found = re.fullmatch(r"(\d+)/(\d+)", text)
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            raise pytest.UsageError(f"--shard {text}: write 3/8 for the third of eight parts")
        return cls(int(found[1]), int(found[2]))

    def of(self, ordered: Sequence[str]) -> set[str]:
        """Choose from an order in which neighbours cost the same."""
        return {*ordered[self.number - 1 :: self.count]}

    def items(self, items: Iterable[pytest.Item]) -> list[pytest.Item]:
        """Choose rows one by one, and all other tests by their modules."""
        items = list(items)
        costs = {name: (-len(stages_of(row)), name) for name, row in rows(items).items()}
        modules = sorted({str(item.path) for item in items if variant_of(item) is None})
        chosen = self.of(sorted(costs, key=costs.__getitem__)) | self.of(modules)
        return [item for item in items if label(item) in chosen]


def rows(items: Iterable[pytest.Item]) -> dict[str, Variant]:
    """Find the rows among the tests, by the ids of their tests."""
    found = ((item.nodeid, variant_of(item)) for item in items)
    return {name: variant for name, variant in found if variant is not None}


def label(item: pytest.Item) -> str:
    """Name what is not to be parted: a row, or a module with its fixtures."""
    return str(item.path) if variant_of(item) is None else item.nodeid


def variant_of(item: pytest.Item) -> Variant | None:
    """Give the row that a test proves."""
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    variant = parameters.get("variant")
    is_row = isinstance(variant, Variant) and item.path.name == ROWS
    return variant if is_row else None


ROWS = "test_variants.py"
"""The module whose tests are the rows of the table."""
