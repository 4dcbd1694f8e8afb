"""From what a user gives to a complete set of answers, or one sentence of refusal.

Copier asks and decides in the end; these checks say the same earlier and in plainer words. They
also refuse what Copier takes without a word: an unknown question, a word that is neither yes nor
no, an answer without effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from generator.engine import refusals
from generator.engine.answers import LOCKED, PRESET, Answers
from generator.engine.expressions import Expressions, UnsetError
from generator.engine.questionnaire import Questionnaire
from generator.engine.questions import Missing, Question
from generator.engine.values import Document, Value, as_bool


class Evaluator:
    """Answer a whole questionnaire from what is given and from its defaults."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        surroundings: Mapping[str, object] | None = None,
        expressions: Expressions | None = None,
    ) -> None:
        self.questionnaire = questionnaire
        self.expressions = expressions or Expressions(questionnaire.settings)
        self._surroundings = dict(surroundings or {})

    def narrowed(self, names: Iterable[str], others: Mapping[str, object]) -> Evaluator:
        """Return one for these questions and the computed ones; the others keep their answers."""
        wanted = set(names)
        narrow = replace(
            self.questionnaire,
            questions=tuple(
                one for one in self.questionnaire.questions if one.computed or one.name in wanted
            ),
        )
        return Evaluator(narrow, {**self._surroundings, **others}, self.expressions)

    def complete(self, given: Document) -> Answers:
        """Return all answers; refuse what is unknown, wrong, impossible or without effect."""
        refusals.refuse_unknown(self.questionnaire, given)
        values: Document = {}
        decided: dict[bool, set[str]] = {True: set(), False: set()}
        for question in self.questionnaire.questions:
            known = {name: given[name] for name in given if name != question.name}
            known |= {name: values[name] for name in decided[True] | decided[False]}
            context = {**self._surroundings, **given, **values, "_copier_answers": known}
            asked = self.expressions.holds(question.when, context)
            value = self._answer(question, given, context, asked=asked)
            if value is not Missing.DEFAULT:
                values[question.name] = value
                if asked and not question.computed:
                    decided[question.name not in _locks_in(values)].add(question.name)
        return Answers(values, frozenset(decided[True]), frozenset(decided[False]))

    def check_given(self, given: Document) -> None:
        """Refuse what no other answer could make right: unknown names, values never offered."""
        refusals.refuse_unknown(self.questionnaire, given)
        reasons, locks = self._locks(given)
        for question in self.questionnaire.asked:
            if question.name in given:
                value = refusals.read(question, given[question.name])
                self._refuse_unoffered(question, value, {})
                if value != locks.get(question.name, value):
                    raise refusals.refused(question, value, str(reasons[question.name]))

    def render(self, text: str, context: Mapping[str, object]) -> str:
        """Render one of the template's texts."""
        return str(self.expressions.render(text, {**self._surroundings, **context}))

    def _locks(self, given: Document) -> tuple[Document, Document]:
        """Return why the preset among some answers refuses others, and what it locks."""
        if PRESET not in given:
            return {}, {}
        values = self.complete({PRESET: given[PRESET]}).values
        reasons, locks = values.get("refusals"), _locks_in(values)
        return (reasons, locks) if isinstance(reasons, dict) else ({}, {})

    def _answer(
        self, question: Question, given: Document, context: Mapping[str, object], *, asked: bool
    ) -> Value | Missing:
        if question.name not in given:
            return self._default(question, context, asked=asked)
        value = refusals.read(question, given[question.name])
        self._refuse_unoffered(question, value, context)
        self._refuse_invalid(question, value, context)
        if not asked and not question.computed:
            self._refuse_idle(question, value, context)
        return value

    def _default(
        self, question: Question, context: Mapping[str, object], *, asked: bool
    ) -> Value | Missing:
        if question.default is Missing.DEFAULT:
            if asked:
                raise refusals.without_default(question)
            return Missing.DEFAULT
        try:
            rendered = self.expressions.render(question.default, context)
        except UnsetError:
            if asked:
                raise refusals.without_default(question) from None
            return Missing.DEFAULT
        value = as_bool(rendered) if question.type == "bool" else refusals.read(question, rendered)
        if asked:
            hint = f"; it follows from your other answers, so give your own with {question.flag}"
            if question.name in _locks_in(context):
                hint = "; it is locked, so change the other answer"
            if question.computed:
                hint = ""
            self._refuse_unoffered(question, value, context)
            self._refuse_invalid(question, value, context, hint)
        return value

    def _refuse_unoffered(
        self, question: Question, value: Value, context: Mapping[str, object]
    ) -> None:
        for item in value if question.multiselect and isinstance(value, list) else [value]:
            choice = question.choice(item)
            if question.choices and choice is None:
                raise refusals.not_offered(question, item)
            if choice and context and (reason := self.render(choice.refusal, context).strip()):
                raise refusals.refused(question, item, reason)

    def _refuse_invalid(
        self, question: Question, value: Value, context: Mapping[str, object], hint: str = ""
    ) -> None:
        reason = self.render(question.validator, {**context, question.name: value})
        if reason := " ".join(reason.split()):
            raise refusals.refused(question, value, reason, hint)

    def _refuse_idle(self, question: Question, value: Value, context: Mapping[str, object]) -> None:
        if value != self._default(question, context, asked=False):
            raise refusals.without_effect(question, value)


def _locks_in(values: Mapping[str, object]) -> Document:
    locked = values.get(LOCKED)
    return cast("Document", locked) if isinstance(locked, dict) else {}
