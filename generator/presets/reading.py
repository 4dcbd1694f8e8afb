"""From the text of a preset to the preset, or to what is wrong in which line.

The text may come from anywhere, so it is only ever data: no tags, no aliases, no key twice, and not
more than a preset could need.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, cast

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from generator.engine import plain_yaml
from generator.engine.plain_yaml import PlainLoader
from generator.errors import PresetError
from generator.presets.model import Decisions, Preset

MAX_BYTES = 64 * 1024
"""No preset is larger than this."""

_DEPTH = 4

Path: TypeAlias = tuple[str | int, ...]

_WORDS = {
    "missing": "it is missing",
    "extra_forbidden": "a preset has no such key: it has name, version, description, defaults, "
    "lock and message",
    "string_type": "this has to be text: put it in quotes",
    "dict_type": "this has to be a mapping of questions to answers",
    "model_type": "a preset is a mapping of keys to values",
}


@dataclass(frozen=True)
class Problem:
    """Say what is wrong, and where."""

    line: int
    text: str


@dataclass(frozen=True)
class Script:
    """Hold a preset's text, where it comes from, and the name by which it was found."""

    origin: str
    text: str
    name: str | None = None

    def refusal(self, problems: list[Problem]) -> PresetError:
        """Make one sentence of the first problem, and say how to see the others."""
        first, *more = problems
        others = f" (and {len(more)} more: `groundplan preset validate` lists them)" if more else ""
        return PresetError(f"{self.origin}, line {first.line}: {first.text}{others}")


class Draft:
    """A preset's text, parsed, with the line of each of its parts."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.lines: dict[Path, int] = {(): 1}
        self.problems: list[Problem] = []
        self.found: Preset | None = None
        self.preset = self._parse()

    def line(self, path: Path) -> int:
        """Return the line of a part, or of the nearest part around it."""
        return next(
            self.lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in self.lines
        )

    def note(self, path: Path, text: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(self.line(path), text))

    def _parse(self) -> Preset | None:
        try:
            self._refuse_tricks()
            if self.problems:
                return None
            node = yaml.compose(self.script.text, Loader=PlainLoader)
            self._locate(node, ())
            if not self.problems:
                loaded = plain_yaml.load(self.script.text)
                self.found = decisions_in(loaded)
                return Preset.model_validate(loaded)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line = mark.line + 1 if mark else 1
            self.problems.append(Problem(line, f"this is not valid YAML: {error.problem}"))
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            self._note_invalid(error)
        return None

    def _refuse_tricks(self) -> None:
        """Refuse what costs much more to read than to write: aliases, and depth."""
        depth = 0
        for event in yaml.parse(self.script.text, Loader=PlainLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > _DEPTH:
                mark = event.start_mark
                text = "a preset has no aliases and at most a list inside of `defaults` or `lock`"
                self.problems.append(Problem(mark.line + 1 if mark else 1, text))
                return

    def _locate(self, node: yaml.Node | None, path: Path) -> None:
        """Note the line of each part, and each key that is there twice."""
        for key, line, child in _children(node):
            place = (*path, key)
            if place in self.lines:
                text = f"{key} is there twice, first in line {self.lines[place]}: keep one of them"
                self.problems.append(Problem(line, text))
            self.lines[place] = line
            self._locate(child, place)

    def _note_invalid(self, error: Exception) -> None:
        if isinstance(error, ValidationError):
            for detail in error.errors(include_url=False, include_context=False):
                self._note_detail(detail)
        else:
            reason = " ".join(str(error).split()) or type(error).__name__
            self.problems.append(Problem(1, f"this cannot be read as YAML: {reason}"))

    def _note_detail(self, detail: ErrorDetails) -> None:
        path = tuple(detail["loc"])[:2]
        text = _WORDS.get(detail["type"], detail["msg"].lower())
        if len(path) > 1:
            text = "an answer is text, a number, true or false, or a list of texts"
        problem = Problem(self.line(path), f"{'.'.join(map(str, path)) or 'the preset'}: {text}")
        if problem not in self.problems:
            self.problems.append(problem)


def decisions_in(loaded: object) -> Preset | None:
    """Take what is to be answered from a preset, whatever else is wrong with it."""
    if not isinstance(loaded, dict):
        return None
    parts = cast("dict[str, object]", loaded)
    name, version = (str(parts.get(key) or f"the {key}") for key in ("name", "version"))
    return Preset.model_construct(
        name=name,
        version=version,
        description="",
        defaults=_answers(parts.get("defaults")),
        lock=_answers(parts.get("lock")),
    )


def _answers(part: object) -> Decisions:
    if not isinstance(part, dict):
        return {}
    answers = cast("dict[str, object]", part)
    return {
        name: value
        for name, value in answers.items()
        if isinstance(value, str | bool | int | float | list)
    }


def _children(node: yaml.Node | None) -> Iterator[tuple[str, int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        pairs: list[tuple[yaml.Node, yaml.Node]] = node.value
        for key, value in pairs:
            yield str(key.value), key.start_mark.line + 1, value
