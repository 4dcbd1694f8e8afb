"""A template on disk: its questions, its settings, and where a service finds it again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.engine.questionnaire import Questionnaire, load


@dataclass(frozen=True)
class Template:
    """Hold a template on disk: its files, and the place that a service remembers."""

    root: Path
    source: str

    @cached_property
    def questionnaire(self) -> Questionnaire:
        """Read its questions."""
        return load(self.root)

    @property
    def subdirectory(self) -> str:
        """Return the name of the folder whose content is rendered, or nothing for all of it."""
        return str(self.questionnaire.settings.get("_subdirectory") or "")

    @property
    def files(self) -> Path:
        """Return the folder whose content is rendered."""
        return self.root / self.subdirectory

    @property
    def suffix(self) -> str:
        """Return the suffix of files that are rendered, not copied."""
        return str(self.questionnaire.settings.get("_templates_suffix") or ".jinja")

    @property
    def answers_file(self) -> str:
        """Return the name of the file in which a service keeps its answers."""
        return str(self.questionnaire.settings.get("_answers_file") or ".copier-answers.yml")
