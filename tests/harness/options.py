"""The options that copier.yml offers, and what each set of answers switches on."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Final, TypeAlias, cast

from generator.engine.answers import Answers
from generator.engine.evaluator import Evaluator
from generator.engine.questionnaire import Questionnaire, load
from generator.errors import AnswerError
from tests.harness.places import ROOT
from tests.harness.values import Value

Chosen: TypeAlias = Mapping[str, Value]

BOXES: Final = "extras"
"""The question that stands at a prompt for those whose default looks at it."""


class Options:
    """The questions that offer a choice, in the order in which they are asked."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self.evaluator = Evaluator(questionnaire)
        last = questionnaire.questions.index(questionnaire.asked[-1])
        asking = questionnaire.questions[: last + 1]  # not what is computed from the answers
        self.asking = Evaluator(Questionnaire(questionnaire.settings, asking))
        self.values: dict[str, tuple[Value, ...]] = {}
        self._known: dict[frozenset[tuple[str, Value]], Answers | None] = {}
        for question in questionnaire.asked:
            offered = tuple(cast("Value", choice.value) for choice in question.choices)
            values = (True, False) if question.type == "bool" else offered
            if values:
                self.values[question.name] = values
        self.boxes = tuple(
            question.name
            for question in questionnaire.asked
            if BOXES in self.evaluator.expressions.variables(str(question.default))
        )

    def features(self, chosen: Chosen) -> frozenset[str]:
        """Name what some answers switch on."""
        return frozenset(self.evaluator.complete(dict(chosen)).features)

    def is_possible(self, chosen: Chosen) -> bool:
        """Whether the questionnaire takes these answers, and asks for each of them."""
        answers = self._asked(chosen)
        return answers is not None and answers.open.issuperset(chosen)

    def default(self, chosen: Chosen, name: str) -> Value | None:
        """Give what a question takes unasked after some answers; nothing if they are refused."""
        answers = self._asked(chosen)
        return cast("Value", answers.values[name]) if answers else None

    def _asked(self, chosen: Chosen) -> Answers | None:
        """Put some answers to the questionnaire, each set of them once."""
        key = frozenset(chosen.items())
        if key not in self._known:
            try:
                self._known[key] = self.asking.complete(dict(chosen))
            except AnswerError:
                self._known[key] = None
        return self._known[key]

    def combinations(self, names: Iterable[str]) -> Iterator[dict[str, Value]]:
        """Multiply some questions out, each answered only where it is asked."""
        rows: list[dict[str, Value]] = [{}]
        for name in names:
            rows = [answered for row in rows for answered in self._answered(row, name)]
        yield from (row for row in rows if self.is_possible(row))

    def _answered(self, row: dict[str, Value], name: str) -> list[dict[str, Value]]:
        branches = [{**row, name: value} for value in self.values[name]]
        return [branch for branch in branches if self.is_possible(branch)] or [row]


@cache
def offered() -> Options:
    """Read what copier.yml offers today."""
    return Options(load(ROOT))


def switching() -> tuple[str, ...]:
    """Name the options on which the table of switches depends."""
    switches = next(q for q in offered().questionnaire.questions if q.name == "switches")
    named = set(re.findall(r"\w+", str(switches.default)))
    return tuple(name for name in offered().values if name in named)
