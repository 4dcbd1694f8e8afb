"""What building and starting cost, in reports/deployment.json."""

import json
from typing import cast

from tests.harness.places import REPORTS

REPORT = REPORTS / "deployment.json"


def record(shape: str, **figures: float) -> None:
    """Add figures of one shape of service."""
    REPORTS.mkdir(exist_ok=True)
    known: dict[str, dict[str, float]] = {}
    if REPORT.exists():
        known = cast("dict[str, dict[str, float]]", json.loads(REPORT.read_text()))
    known.setdefault(shape, {}).update({name: round(each, 1) for name, each in figures.items()})
    REPORT.write_text(json.dumps(known, indent=2) + "\n")
