"""What the features of a template are, and which files each brings."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import cast

import yaml

from generator.engine.answers import Answers
from generator.engine.evaluator import Evaluator
from generator.engine.overlays import FRAGMENTS, overlay, owner, resolved
from generator.engine.template import Template
from generator.engine.values import LOADER


@dataclass(frozen=True)
class Feature:
    """Describe one feature in the words of its own folder."""

    name: str
    description: str
    packages: tuple[str, ...]
    variables: tuple[str, ...]


def describe(template: Template, name: str) -> Feature:
    """Read what a feature's folder says about it."""
    own = template.files / overlay(name) / FRAGMENTS
    declared = _mapping(own / "leak.yml")
    return Feature(
        name,
        _first_sentence(own / "README.md"),
        _names(declared.get("packages")),
        _names(declared.get("variables")),
    )


def owners(
    template: Template, names: Iterable[str], evaluator: Evaluator, answers: Answers
) -> dict[str, str]:
    """Map each file that a feature brings, as it is called in the service, to that feature."""
    use = answers.use
    owned: dict[str, str] = {}
    for name in names:
        path = PurePosixPath(name)
        if use is not None and path.is_relative_to(template.subdirectory):
            path = path.relative_to(template.subdirectory)
            feature, destination = owner(path), resolved(path, use)
            if feature and destination:
                rendered = evaluator.render(str(destination), answers.values)
                owned[rendered.removesuffix(template.suffix)] = feature
    return owned


def _mapping(path: Path) -> dict[str, object]:
    if not path.is_file():
        return {}
    loaded: object = yaml.load(path.read_text(encoding="utf-8"), LOADER)  # noqa: S506 - a safe one
    return cast("dict[str, object]", loaded) if isinstance(loaded, dict) else {}


def _names(listed: object) -> tuple[str, ...]:
    return tuple(map(str, cast("list[object]", listed))) if isinstance(listed, list) else ()


def _first_sentence(path: Path) -> str:
    if not path.is_file():
        return ""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        text = " ".join(line for line in block.splitlines() if not line.startswith("#")).strip()
        if text:
            return re.split(r"(?<=[.!?])\s", text, maxsplit=1)[0]
    return ""
