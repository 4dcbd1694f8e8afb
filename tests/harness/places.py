"""Where things are in this repository."""

import os
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
QUESTIONNAIRE: Final = ROOT / "copier.yml"
TEMPLATE: Final = ROOT / "template"
REPORTS: Final = ROOT / "reports"

ANSWERS_FILE: Final = ".copier-answers.yml"

CACHES: Final = frozenset({"__pycache__", ".ruff_cache", ".pytest_cache", ".venv", ".git"})
"""Folders that tools leave behind, and that no rule looks into."""


def files_in(folder: Path) -> list[Path]:
    """List the files below a folder, without what tools left there, in a stable order."""
    found: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in CACHES]
        found += [Path(place, name) for name in names if name not in CACHES]
    return sorted(path for path in found if path.is_file())
