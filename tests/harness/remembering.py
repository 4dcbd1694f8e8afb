"""Tables of variants, computed once for each state of what they are made of."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Final, cast

from tests.harness.closure import closure, code, packages
from tests.harness.covering import Row
from tests.harness.options import Options
from tests.harness.places import ROOT
from tests.harness.trees import summed

FOLDER: Final = ROOT / ".pytest_cache" / "d" / "tables"
"""Beside what pytest keeps for a checkout."""


def remembered(
    options: Options, wanted: list[Row], module: str, make: Callable[[], list[Row]]
) -> list[Row]:
    """Take a table that a module has made of the same options before, else make it."""
    modules = closure([module])
    parts = [repr(options.questionnaire), repr(wanted), code(modules), repr(packages(modules))]
    path = FOLDER / f"{summed((each, b'') for each in (make.__name__, *parts))}.json"
    if not path.exists():
        save(path, make())
    return cast("list[Row]", json.loads(path.read_text()))


def save(path: Path, rows: list[Row]) -> None:
    """Write a table in one step; several processes may do so at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(rows))
    draft.replace(path)
