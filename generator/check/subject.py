"""The service that is looked at, and what it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.engine.answers import PRESET
from generator.engine.evaluator import Evaluator
from generator.engine.template import Template
from generator.engine.values import Document
from generator.errors import AnswerError
from generator.presets.model import Preset


@dataclass(frozen=True)
class Subject:
    """Hold a service's folder and its answers file, a template, and the preset that is demanded."""

    folder: Path
    file: Document
    template: Template
    demanded: Preset | None
    online: bool

    @cached_property
    def answers(self) -> Document:
        """Return the recorded answers to the questions of the template."""
        asked = {question.name for question in self.template.questionnaire.asked}
        return {name: value for name, value in self.file.items() if name in asked}

    @property
    def preset(self) -> Document | None:
        """Return the preset that the answers file records."""
        recorded = self.file.get(PRESET)
        return recorded if isinstance(recorded, dict) and recorded else None

    @cached_property
    def switches(self) -> Document:
        """Return which features the answers switch on, or nothing when they do not fit."""
        try:
            return Evaluator(self.template.questionnaire).complete(self.answers).switches
        except AnswerError:
            return {}
