"""A preset to change, and the real questions to hold it against."""

from pathlib import Path
from typing import Final

import yaml

from generator.presets.reading import Script
from generator.presets.soundness import examined
from tests.harness.options import offered
from tests.harness.places import ANSWERS_FILE

ACME: Final = """\
name: acme
version: "1.0"
description: What our services have in common
message: ask the platform team
defaults:
  ci: gitlab
lock:
  database: sqlite
"""


def problems(text: str) -> list[tuple[int, str]]:
    """Say what is wrong with a preset, and in which line."""
    draft = examined(Script("acme.yml", text), offered().questionnaire)
    return [(problem.line, problem.text) for problem in draft.problems]


def written(folder: Path, text: str = ACME, name: str = "acme.yml") -> Path:
    """Write a preset into a folder."""
    path = folder / name
    path.write_text(text)
    return path


def recorded(service: Path) -> dict[str, object]:
    """Read the answers file of a service."""
    return yaml.safe_load((service / ANSWERS_FILE).read_text())
