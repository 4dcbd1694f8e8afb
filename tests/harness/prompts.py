"""Copier's questions as somebody meets them at a prompt: what is offered, and what is picked.

Copier asks in this process, without a terminal: each question is put together as it is for one, so
that a default which cannot be taken fails here too, and then somebody answers.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias, cast
from unittest.mock import patch

import copier
import questionary
from prompt_toolkit.application import create_app_session
from prompt_toolkit.output import DummyOutput

from tests.harness.compiling import copied_once
from tests.harness.options import Options
from tests.harness.remembering import remembered
from tests.harness.switches import TOGGLE, switched_on
from tests.harness.values import Value

Structure: TypeAlias = dict[str, Any]

PROMPT: Final = "copier._main.unsafe_prompt"
"""The only place where Copier's questions can be answered for it."""

KINDS: Final[Mapping[str, Callable[..., object]]] = {
    "checkbox": questionary.checkbox,
    "confirm": questionary.confirm,
    "input": questionary.text,
    "select": questionary.select,
}

CONSTRUCTED: Final[set[str]] = set()
"""The looks of prompts that could be made."""


@dataclass(frozen=True)
class Asked:
    """One question at its prompt: what it offers (nothing when it takes text), and its default."""

    name: str
    offered: tuple[Value, ...]
    default: Value | list[Value]

    @property
    def has_boxes(self) -> bool:
        """Whether any number of what it offers may be picked."""
        return isinstance(self.default, list)


Pick: TypeAlias = Callable[[Asked], Value | list[Value]]


@dataclass
class Walk:
    """What was asked on a way through the questions, and the answers at its end."""

    asked: list[Asked] = field(default_factory=list[Asked])
    answers: dict[str, Value] = field(default_factory=dict[str, Value])

    @property
    def offered(self) -> dict[str, tuple[Value, ...]]:
        """Map each question that offered something to what it offered; a box is a yes or a no."""
        boxes = {str(box): TOGGLE for each in self.asked if each.has_boxes for box in each.offered}
        return boxes | {
            each.name: each.offered for each in self.asked if each.offered and not each.has_boxes
        }


def walk(template: Path, pick: Pick, data: Mapping[str, object]) -> Walk:
    """Answer Copier's questions one by one."""
    way = Walk()

    def prompt(structures: list[Structure], answers: Structure) -> Structure:
        structure = structures[0]
        if not structure["when"](answers):
            return answers
        asked = _asked(structure)
        way.asked.append(asked)
        return {asked.name: structure["filter"](_accepted(structure, pick(asked)))}

    with (
        copied_once(),
        create_app_session(output=DummyOutput()),
        patch(PROMPT, prompt),
    ):
        worker = copier.run_copy(
            str(template),
            template.with_name("never"),
            dict(data),
            pretend=True,
            quiet=True,
            settings=copier.Settings(),
        )
    unsaid = {*worker.answers.hidden, *worker.template.secret_questions, "verdict"}
    unsaid |= set() if "preset" in data else {"preset"}
    way.answers = {
        name: value
        for name, value in worker.answers.user.items()
        if name not in unsaid and not name.startswith("typed_")
    }
    return way


def choosing(row: Mapping[str, Value]) -> Pick:
    """Pick the answers of a row, and the default of whatever it does not name."""

    def pick(asked: Asked) -> Value | list[Value]:
        if isinstance(asked.default, list):
            ticked = {name for name in asked.offered if name in asked.default}
            return [name for name in asked.offered if row.get(str(name), name in ticked)]
        value = row.get(asked.name, asked.default)
        assert not asked.offered or value in asked.offered, f"{asked} does not offer {value}"
        return value

    return pick


class Possible:
    """All complete sets of answers: what may be offered is what leads to one of them."""

    def __init__(self, options: Options) -> None:
        self.options = options
        bound = frozenset[str]().union(*tied(options))
        self.names = tuple(name for name in options.values if name in bound)
        self.rows = remembered(options, [], __name__, self.combinations)
        self._features: dict[int, frozenset[str]] = {}

    def combinations(self) -> list[dict[str, Value]]:
        """Compute them, which takes half a minute."""
        return list(self.options.combinations(self.names))

    def under(self, lock: Mapping[str, Value]) -> list[dict[str, Value]]:
        """Give the rows that a preset with some locks allows.

        What a locked answer switches on is on: nobody is asked whether it shall be off.
        """
        toggled = {name: value for name, value in lock.items() if value in TOGGLE}
        moot = {
            name
            for name in self.names
            if self.options.values[name] == TOGGLE
            and lock.get(name) is not False
            and self.options.is_possible({**toggled, name: False})
            and name in self.options.features({**toggled, name: False})
        }
        return [
            row
            for number, row in enumerate(self.rows)
            if all(row.get(name, value) == value for name, value in lock.items())
            and all(row.get(name) is not False for name in moot)
            and not any(
                value is False and name in self._features_of(number) for name, value in lock.items()
            )
        ]

    def _features_of(self, number: int) -> frozenset[str]:
        if number not in self._features:
            self._features[number] = switched_on(self.options, self.rows[number])
        return self._features[number]


def after(
    rows: list[dict[str, Value]], names: tuple[str, ...], answered: Mapping[str, Value], name: str
) -> set[Value]:
    """Give the values of a question that some rows have after the same earlier answers."""
    before = names[: names.index(name)]
    prefix = {other: value for other, value in answered.items() if other in before}
    return {row[name] for row in rows if name in row and prefix.items() <= row.items()}


def tied(options: Options) -> set[frozenset[str]]:
    """Give the pairs of questions of which one names the other."""
    return {
        frozenset({question.name, other})
        for question in options.questionnaire.asked
        for other in re.findall(r"\w+", str(question.details))
        if {question.name, other} <= options.values.keys() and other != question.name
    }


def _asked(structure: Structure) -> Asked:
    kind = structure["type"]
    arguments = {name: each for name, each in structure.items() if name not in _NOT_THEIRS}
    construct(kind, arguments)
    default: Any = structure.get("default", "")
    if kind == "checkbox":
        names = tuple(choice.value for choice in structure["choices"])
        return Asked(structure["name"], names, [c.value for c in structure["choices"] if c.checked])
    if kind == "select":
        open_ = [choice.value for choice in structure["choices"] if not choice.disabled]
        return Asked(structure["name"], tuple(open_), getattr(default, "value", default))
    return Asked(structure["name"], TOGGLE if kind == "confirm" else (), cast("Value", default))


def construct(kind: str, arguments: Mapping[str, Any]) -> None:
    """Make what a terminal would show, once for each look of it: it refuses some defaults."""
    choices = [
        (each.title, each.value, each.disabled, each.checked) for each in choices_of(arguments)
    ]
    default = getattr(arguments.get("default"), "value", arguments.get("default"))
    look = repr((kind, sorted(arguments), default, choices))
    if look not in CONSTRUCTED:
        KINDS[kind](**arguments)
        CONSTRUCTED.add(look)


def choices_of(arguments: Mapping[str, Any]) -> list[questionary.Choice]:
    """Give what may be picked, where anything may."""
    return arguments.get("choices", [])


def _accepted(structure: Structure, value: Value | list[Value]) -> Value | list[Value]:
    """Type a text, which its question may refuse; what is selected goes unseen."""
    if "validate" in structure:
        verdict = structure["validate"](value)
        assert verdict is True, verdict
    return value


_NOT_THEIRS: Final = {"type", "name", "when", "filter"}
