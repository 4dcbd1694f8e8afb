"""Which interactions of the options the table holds, and which the whole one."""

from collections.abc import Iterable, Mapping
from typing import Final

from tests.harness.covering import interactions
from tests.harness.values import Value
from tests.harness.variants import PRODUCT, TASKS, variants, whole_table

Covered = dict[str, int | str]
Answers = Mapping[str, Value]

STRENGTHS: Final = {"pairs of values": 2, "triples of values": 3}
MAIN: Final = {
    "combinations of orm, database and auth": PRODUCT,
    "the same with celery and broker": (*PRODUCT, *TASKS),
}


def covered(rows: Iterable[Answers]) -> list[Covered]:
    """Count what some rows hold, beside what `make test` and the whole table hold."""
    counts = {
        "this_run": held([dict(row) for row in rows]),
        "table": held([dict(variant.answers) for variant in variants()]),
        "whole_table": held(whole_table()),
    }
    return [
        {"interactions": name, **{where: found[name] for where, found in counts.items()}}
        for name in counts["table"]
    ]


def held(rows: list[dict[str, Value]]) -> dict[str, int]:
    """Count the interactions that some rows hold, each once."""
    main = {name: len({chosen(row, names) for row in rows}) for name, names in MAIN.items()}
    values = {
        name: len({each for row in rows for each in interactions(row, strength)})
        for name, strength in STRENGTHS.items()
    }
    return {"rows": len(rows), **main, **values}


def chosen(row: Answers, names: Iterable[str]) -> tuple[Value | None, ...]:
    """Give the answers to some questions."""
    return tuple(row.get(name) for name in names)
