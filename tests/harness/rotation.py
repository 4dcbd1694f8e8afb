"""Which rows a run of CI proves again though they are proven: a third each time, the oldest."""

import json
import math
import os
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from tests.harness.proofs import Proof
from tests.harness.renders import locked
from tests.harness.resolving import session
from tests.harness.services import REQUIRED

RUNS: Final = 3
"""After so many runs there is no row that was not proven again in one of them."""


def in_ci() -> bool:
    """Whether this is one of the runs that have to prove what no key can know."""
    return os.environ.get(REQUIRED) == "1" or bool(os.environ.get("CI"))


def oldest(ages: Mapping[str, str | None]) -> list[str]:
    """Choose the rows whose proofs are oldest; those without any run in any case."""
    proven = sorted((moment, name) for name, moment in ages.items() if moment is not None)
    return [name for _, name in proven[: math.ceil(len(ages) / RUNS)]]


def age(known: Iterable[Proof]) -> str | None:
    """Tell how old the oldest proof of a row is."""
    return min((proof.proven_at for proof in known), default=None)


def due_again(ages: Callable[[], Mapping[str, str | None]], kind: str = "rows") -> list[str]:
    """Decide once for all processes of a session, before any of them keeps a new proof."""
    decision = session() / f"again-{kind}.json"
    with locked(decision.with_suffix(".lock")):
        if not decision.exists():
            decision.write_text(json.dumps(oldest(ages())))
    names: list[str] = json.loads(decision.read_text())
    return names
