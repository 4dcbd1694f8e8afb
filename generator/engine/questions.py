"""One question of a template: what it asks, what it offers, and when it matters."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from generator.engine.values import KINDS, Document, Value, cast_to


class Missing(Enum):
    """Stand where a question has no default."""

    DEFAULT = "no default"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a question offers; a non-empty rendered `refusal` takes it away."""

    label: str
    value: Value
    refusal: str = ""


@dataclass(frozen=True)
class Question:
    """One question as the template writes it; its strings may be Jinja expressions."""

    name: str
    details: Document

    @cached_property
    def type(self) -> str:
        """Name the question's type, taken from its default when it names none."""
        named = self.details.get("type") or type(self.default).__name__
        return str(named) if named in KINDS else "yaml"

    @property
    def default(self) -> Value | Missing:
        """Return the default, not yet rendered."""
        return self.details.get("default", Missing.DEFAULT)

    @property
    def help(self) -> str:
        """Return the words in which it is asked."""
        return str(self.details.get("help") or "").strip()

    @property
    def when(self) -> Value:
        """Return the condition under which it matters; elsewhere nobody is asked."""
        return self.details.get("when", True)

    @property
    def ask(self) -> Value:
        """Return the condition under which the user decides; else its default holds."""
        return self.details.get("ask", True)

    @property
    def validator(self) -> str:
        """Return the expression that renders to a reason for refusal."""
        return str(self.details.get("validator") or "")

    @property
    def multiselect(self) -> bool:
        """Tell whether it takes a list of its choices."""
        return bool(self.details.get("multiselect"))

    @property
    def collects(self) -> bool:
        """Tell whether it stands for others at a prompt: check boxes, and no record of its own."""
        return self.multiselect and bool(self.details.get("secret"))

    @property
    def computed(self) -> bool:
        """Tell whether it is no option: it is computed, stands for others, or is a preset's."""
        return self.when is False or self.ask is False or self.typed or self.collects

    @property
    def typed(self) -> bool:
        """Tell whether it is the empty line of a prompt, from which another takes its answer."""
        return self.name.startswith("typed_")

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """Return what it offers, in order; empty when anything goes or an expression decides."""
        offered = self.details.get("choices")
        if isinstance(offered, dict):
            return tuple(_choice(label, value) for label, value in offered.items())
        if isinstance(offered, list):
            return tuple(_listed_choice(item) for item in offered)
        return ()

    @property
    def flag(self) -> str:
        """Return the option of the command line that answers it."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def condition(self) -> str:
        """Return the condition for a reader, without the braces of its expression."""
        if not isinstance(self.when, str):
            return ""
        return self.when.strip().removeprefix("{{").removesuffix("}}").strip()

    def choice(self, value: Value) -> Choice | None:
        """Return the choice that has a value, if one has."""
        return next((one for one in self.choices if self._same(one, value)), None)

    def read(self, raw: Value) -> Value:
        """Read an answer as the question's type, or raise ValueError."""
        if not self.multiselect:
            return cast_to(self.type, raw)
        items = cast_to("yaml", raw)
        if not isinstance(items, list):
            raise ValueError(raw)
        return [cast_to(self.type, item) for item in items]

    def _same(self, choice: Choice, value: Value) -> bool:
        return cast_to(self.type, choice.value) == value


def _choice(label: str, value: Value) -> Choice:
    if isinstance(value, dict):
        return Choice(str(label), value.get("value"), str(value.get("validator") or ""))
    return Choice(str(label), value)


def _listed_choice(item: Value) -> Choice:
    if isinstance(item, list):
        label, value = item
        return _choice(str(label), value)
    return Choice(str(item), item)
