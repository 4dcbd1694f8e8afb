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


class Implications:
    """Evaluate, for one question at a time, the combinations that matter to it."""

    def __init__(self, evaluator: Evaluator) -> None:
        self._evaluator = evaluator
        self._questions = {one.name: one for one in evaluator.questionnaire.questions}
        self._base = evaluator.complete({}).values
        self._relevant = {name: self._closure(line) for name, line in self._table()}

    def of(self, question: Question) -> dict[str, tuple[str, ...]]:
        """Return the features that each value of a question, as it is typed, implies."""
        implied: dict[str, list[str]] = {shown(value): [] for value in possible(question)}
        for feature, relevant in self._relevant.items():
            if question.name in relevant:
                for value in self._implying(question, feature, relevant):
                    implied[value].append(feature)
        return {value: tuple(features) for value, features in implied.items()}

    def _implying(self, question: Question, feature: str, relevant: list[str]) -> Iterator[str]:
        table = list(self._outcomes(question, feature, relevant))
        for value in map(shown, possible(question)):
            valid = [outcomes for outcomes in table if outcomes[value] is not None]
            matters = any(False in outcomes.values() for outcomes in valid)
            if matters and all(outcomes[value] for outcomes in valid):
                yield value

    def _outcomes(
        self, question: Question, feature: str, relevant: list[str]
    ) -> Iterator[dict[str, bool | None]]:
        """Yield, for each combination of the other answers, whether each value has it on."""
        others = [name for name in relevant if name != question.name]
        evaluator = self._evaluator.narrowed(relevant, self._base)
        for combination in product(*(possible(self._questions[name]) for name in others)):
            fixed = dict(zip(others, combination, strict=True))
            yield {
                shown(value): _is_on(evaluator, question, feature, {**fixed, question.name: value})
                for value in possible(question)
            }

    def _table(self) -> Iterator[tuple[str, str]]:
        """Yield each line of the table: the feature and the expression that decides about it."""
        table = self._questions.get(_TABLE)
        for line in str(table.default).splitlines() if table else ():
            if matched := _LINE.match(line):
                yield matched[1], matched[2]

    def _closure(self, line: str) -> list[str]:
        """Return the questions with choices on which a line depends, at first or at second hand."""
        found: set[str] = set()
        waiting = self._variables([line])
        while waiting:
            name = waiting.pop()
            if name in self._questions and name not in found:
                found.add(name)
                waiting |= self._variables(_deciding(self._questions[name]))
        return [
            name for name in self._questions if name in found and possible(self._questions[name])
        ]

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
        if feature in implications.of(question)[value]:
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


def _is_on(evaluator: Evaluator, question: Question, feature: str, given: Document) -> bool | None:
    try:
        answers = evaluator.complete(given)
    except AnswerError:
        return None
    return feature in answers.features if question.name in answers.open else None
