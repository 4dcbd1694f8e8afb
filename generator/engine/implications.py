"""Which features an answer switches on, found by evaluating the template's own table.

An answer implies a feature when the feature is on in every possible combination with that answer,
and when another answer to the same question would, all else equal, leave it off.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import product

from generator.engine.answers import Answers
from generator.engine.evaluator import Evaluator
from generator.engine.questions import Question
from generator.engine.values import Document, Value, shown
from generator.errors import AnswerError

_TABLE = "switches"
_LINE = re.compile(r"^\s*(\w+):(.*)$")

Answered = dict[tuple[Value, ...], Answers | None]
"""The answers to each combination of some questions' values; none where one is refused."""


class Implications:
    """Evaluate, for one feature at a time, the combinations that matter to it."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._questions = {one.name: one for one in evaluator.questionnaire.questions}
        self._base = evaluator.complete({}).values
        self._relevant = {name: self._closure(line) for name, line in self._table()}
        self._known: dict[tuple[str, ...], Answered] = {}

    def of(self, question: Question) -> dict[str, tuple[str, ...]]:
        """Return the features that each value of a question, as it is typed, implies."""
        implied: dict[str, list[str]] = {shown(value): [] for value in possible(question)}
        for feature in self._relevant:
            for value in self.implying(question, feature):
                implied[value].append(feature)
        return {value: tuple(features) for value, features in implied.items()}

    def implying(self, question: Question, feature: str) -> list[str]:
        """Return the values of a question, as they are typed, that imply a feature."""
        if question.name not in self._relevant.get(feature, ()):
            return []
        table = list(self._outcomes(question, feature))
        return [value for value in map(shown, possible(question)) if _implies(table, value)]

    def _outcomes(self, question: Question, feature: str) -> Iterator[dict[str, bool | None]]:
        """Yield, for each combination of the other answers, whether each value has it on."""
        relevant = self._relevant[feature]
        answered = self._answered(relevant)
        place = relevant.index(question.name)
        before, after = self._combinations(relevant[:place]), relevant[place + 1 :]
        for first, last in product(before, self._combinations(after)):
            yield {
                shown(value): _is_on(answered[*first, value, *last], question, feature)
                for value in possible(question)
            }

    def _answered(self, relevant: tuple[str, ...]) -> Answered:
        """Answer each combination once, whatever is asked of it afterwards."""
        if relevant not in self._known:
            evaluator = self._evaluator.narrowed(relevant, self._base)
            self._known[relevant] = {
                values: _completed(evaluator, dict(zip(relevant, values, strict=True)))
                for values in self._combinations(relevant)
            }
        return self._known[relevant]

    def _combinations(self, names: Iterable[str]) -> list[tuple[Value, ...]]:
        return list(product(*(possible(self._questions[name]) for name in names)))

    def _table(self) -> Iterator[tuple[str, str]]:
        """Yield each line of the table: the feature and the expression that decides about it."""
        table = self._questions.get(_TABLE)
        for line in str(table.default).splitlines() if table else ():
            if matched := _LINE.match(line):
                yield matched[1], matched[2]

    def _closure(self, line: str) -> tuple[str, ...]:
        """Return the questions with choices on which a line depends, at first or at second hand."""
        found: set[str] = set()
        waiting = self._variables([line])
        while waiting:
            name = waiting.pop()
            if name in self._questions and name not in found:
                found.add(name)
                waiting |= self._variables(_deciding(self._questions[name]))
        return tuple(
            name for name in self._questions if name in found and possible(self._questions[name])
        )

    def _variables(self, texts: Iterable[Value]) -> set[str]:
        variables = self._evaluator.expressions.variables
        return {name for text in texts if isinstance(text, str) for name in variables(text)}


def overruled(evaluator: Evaluator, answers: Answers) -> Iterator[str]:
    """Say of each feature that was declined, and is on all the same, which answers brought it."""
    asked = [one for one in evaluator.questionnaire.asked if one.name in answers.recorded]
    for declined in (one.name for one in asked if answers.values[one.name] is False):
        if declined in answers.features:
            reasons = " and ".join(_reasons(evaluator, answers, asked, declined))
            yield (
                f"{declined} comes along in spite of {declined}=false, because of {reasons}: "
                f"{declined}=true is recorded"
            )


def _reasons(
    evaluator: Evaluator, answers: Answers, asked: Iterable[Question], feature: str
) -> Iterator[str]:
    implications = Implications(evaluator)
    for question in filter(possible, asked):
        value = shown(answers.values[question.name])
        if value in implications.implying(question, feature):
            yield f"{question.name}={value}"


def possible(question: Question) -> tuple[Value, ...]:
    """Return every value that a question offers; nothing when it takes any text."""
    if question.computed or question.multiselect:
        return ()
    if question.choices:
        return tuple(choice.value for choice in question.choices)
    return (True, False) if question.type == "bool" else ()


def _deciding(question: Question) -> list[Value]:
    if question.computed:
        return [question.default] if isinstance(question.default, str) else []
    return [question.when, question.validator, *(choice.refusal for choice in question.choices)]


def _implies(table: list[dict[str, bool | None]], value: str) -> bool:
    valid = [outcomes for outcomes in table if outcomes[value] is not None]
    matters = any(False in outcomes.values() for outcomes in valid)
    return matters and all(outcomes[value] for outcomes in valid)


def _completed(evaluator: Evaluator, given: Document) -> Answers | None:
    try:
        return evaluator.complete(given)
    except AnswerError:
        return None


def _is_on(answers: Answers | None, question: Question, feature: str) -> bool | None:
    return feature in answers.features if answers and question.name in answers.open else None
