"""What each minute of a run buys: its seconds by stage, and by the module of tests."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from tests.harness.content import SAID

Document = dict[str, Any]
RAN = {"passed", "failed", "skipped"}


class Costs:
    """The seconds of each module of tests, its fixtures too."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.tests: defaultdict[str, set[str]] = defaultdict(set)
        self.proven: defaultdict[str, int] = defaultdict(int)

    def add(self, report: pytest.TestReport) -> None:
        """Add one phase of a test; a subtest is a part of its test."""
        if not hasattr(report, "context"):
            module = report.nodeid.partition("::")[0]
            self.seconds[module] += report.duration
            self.tests[module].add(report.nodeid)
            self.proven[module] += report.skipped and SAID in str(report.longrepr)

    def as_document(self) -> list[Document]:
        """List the modules, the dearest first."""
        dearest = sorted(self.seconds, key=lambda module: -self.seconds[module])
        return [
            {
                "module": module,
                "tests": len(self.tests[module]),
                "proven": self.proven[module],
                "seconds": round(self.seconds[module], 1),
            }
            for module in dearest
        ]


def stages(variants: Iterable[Document]) -> list[Document]:
    """Sum the stages up: how many rows ran each, and how many had it proven."""
    found: dict[str, Document] = {}
    for result in (each for variant in variants for each in variant["stages"]):
        empty = {"stage": result["stage"], "ran": 0, "proven": 0, "seconds": 0.0, "saved": 0.0}
        total = found.setdefault(result["stage"], empty)
        if result["outcome"] in RAN:
            total["ran"] += 1
            total["seconds"] = round(total["seconds"] + result["seconds"], 1)
        elif result["outcome"] == "proven":
            total["proven"] += 1
            total["saved"] = round(total["saved"] + result["seconds"], 1)
    return [*found.values()]


def cells(documents: Iterable[Document]) -> Iterator[list[str]]:
    """Lay documents of one shape out as a table, with their names above."""
    listed = [*documents]
    if listed:
        yield [name.replace("_", " ") for name in listed[0]]
        yield from ([str(value) for value in each.values()] for each in listed)
