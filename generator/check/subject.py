"""The service that is looked at, and what it is held against."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

import yaml

from generator.answers import PRESET, Evaluator
from generator.errors import AnswerError, TargetError
from generator.presets.model import Preset
from generator.template import Template
from generator.values import Document, Value

_MAX_BYTES = 1024 * 1024


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
    def switches(self) -> dict[str, Value]:
        """Return which features the answers switch on, or nothing when they do not fit."""
        try:
            found = Evaluator(self.template.questionnaire).complete(self.answers).values
        except AnswerError:
            return {}
        switches = found.get("switches")
        return switches if isinstance(switches, dict) else {}


def recorded_in(folder: Path, name: str) -> Document:
    """Read the answers file of a service."""
    if not folder.is_dir():
        raise TargetError(f"{folder} is no folder: name the folder of a service")
    try:
        with (folder / name).open("rb") as file:
            loaded: object = yaml.safe_load(file.read(_MAX_BYTES))
    except FileNotFoundError as error:
        raise TargetError(
            f"{folder} has no {name}: name the folder of a service that Groundplan made"
        ) from error
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as error:
        reason = " ".join(str(error).split())
        raise TargetError(f"{folder / name} cannot be read: {reason}") from error
    if not isinstance(loaded, dict):
        raise TargetError(f"{folder / name} holds no answers: restore it from git")
    return cast("Document", loaded)
