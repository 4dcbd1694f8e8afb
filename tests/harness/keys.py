"""What a stage of a row proves is a function of its key, and the key is derived, never listed.

It sums up the rendered files but for the answers, what is switched on, the versions that the index
gives, the interpreter, the servers, the machine, the modules that the stage and the runner import,
and the keys of the stages that go before.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Final

from tests.harness.closure import closure, code, packages
from tests.harness.interpreters import interpreter
from tests.harness.places import ANSWERS_FILE
from tests.harness.resolving import resolved
from tests.harness.stage import Stage
from tests.harness.trees import digest, summed
from tests.harness.variant import Variant
from tests.harness.versions import interpreter_version, machine, servers

RUNNER: Final = "tests.harness.proving"
"""The module that runs a stage, and says what came of it."""


@dataclass(frozen=True)
class Inputs:
    """What the stages of a row have in common."""

    tree: str
    features: list[str]
    packages: dict[str, str]
    python: str
    servers: dict[str, str]
    machine: dict[str, str]

    def key(self, stage: Stage, earlier: Iterable[str]) -> str:
        """Sum up all that one stage depends on."""
        parts = {
            "stage": stage.name,
            "harness": harness(stage.run.__module__),
            "reads": stage.reads(),
            "earlier": list(earlier),
            **asdict(self),
        }
        return summed([("inputs", json.dumps(parts, sort_keys=True).encode())])


def inputs(variant: Variant, tree: Path) -> Inputs:
    """Find out what a row is proven with today."""
    python = interpreter(str(variant.answers["python_version"]))
    return Inputs(
        tree=digest(tree, ANSWERS_FILE),
        features=sorted(variant.features),
        packages=resolved(tree / "pyproject.toml"),
        python=interpreter_version(python.path),
        servers=servers(variant.features),
        machine=machine(),
    )


def keys(found: Inputs, stages: Iterable[Stage]) -> dict[str, str]:
    """Give the key of each stage; it holds those of the stages that go before it."""
    known: dict[str, str] = {}
    for stage in stages:
        earlier = [known[name] for name in (*stage.needs, *stage.after) if name in known]
        known[stage.name] = found.key(stage, earlier)
    return known


@cache
def harness(module: str) -> dict[str, object]:
    """Sum up the code that runs a stage of a module: ours, and that of others by its version."""
    modules = closure([module, RUNNER])
    return {"code": code(modules), "packages": packages(modules)}
