"""From what a user gives to a complete set of answers, or one sentence of refusal.

Copier asks and decides in the end; these checks say the same earlier and in plainer words. They
also refuse what Copier takes without a word: an unknown question, a word that is neither yes nor
no, an answer without effect.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from generator.errors import AnswerError
from generator.expressions import Expressions
from generator.questions import Missing, Question, Questionnaire
from generator.values import KINDS, Document, Value, as_bool, shown

PRESET = "preset"
"""The answer that holds a preset; nobody is asked for it."""

PINNED = "pinned"
"""The answer that holds what the preset says about each question, for the question's default."""


@dataclass(frozen=True)
class Answers:
    """Hold a value for every question, and the names of those that matter.

    `open` are those that the user decides, `locked` those that a preset decides.
    """

    values: Document
    open: frozenset[str]
    locked: frozenset[str] = frozenset()

    @property
    def features(self) -> tuple[str, ...]:
        """Return the names of the features that are on, in gather order."""
        names = self.values.get("features")
        return tuple(str(name) for name in names) if isinstance(names, list) else ()

    @property
    def preset(self) -> str:
        """Name the preset that was followed and what it locks, or nothing."""
        preset = self.values.get(PRESET)
        if not isinstance(preset, dict) or not preset:
            return ""
        locks = f", locks {', '.join(sorted(self.locked))}" if self.locked else ""
        return f"{preset.get('name')} {preset.get('version')}{locks}"

    @property
    def recorded(self) -> Document:
        """Return the answers that the answers file of a service holds."""
        kept = self.open | self.locked
        preset = self.values.get(PRESET)
        answers = {name: value for name, value in self.values.items() if name in kept}
        return {PRESET: preset, **answers} if preset else answers


def parse_pairs(pairs: Iterable[str]) -> Document:
    """Read the `key=value` of `-d`."""
    given: Document = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals or not name:
            raise AnswerError(f'-d "{pair}" is not key=value: write -d orm=none, for example')
        merge(given, name, value)
    return given


def merge(given: Document, name: str, value: Value) -> None:
    """Add one answer, and refuse a second one that contradicts it."""
    if name in given and shown(given[name]) != shown(value):
        raise AnswerError(
            f"{name} is answered twice, {shown(given[name])} and {shown(value)}: keep one of them"
        )
    given[name] = value


def refuse_unknown(questionnaire: Questionnaire, names: Iterable[str]) -> None:
    """Refuse a name that no question has, and suggest the nearest."""
    for name in names:
        if name in questionnaire.names:
            continue
        offered = [question.name for question in questionnaire.asked]
        near = get_close_matches(name.lower().replace("-", "_"), offered, n=1)
        hint = f'did you mean "{near[0]}"?' if near else "`groundplan options` lists them all"
        raise AnswerError(f'there is no question "{name}": {hint}')


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
        refuse_unknown(self.questionnaire, given)
        values: Document = {}
        decided: dict[bool, set[str]] = {True: set(), False: set()}
        for question in self.questionnaire.questions:
            matter = {name: values[name] for name in decided[True] | decided[False]}
            context = {**self._surroundings, **given, **values, "_copier_answers": matter}
            asked = self.expressions.holds(question.when, context)
            value = self._answer(question, given, context, asked=asked)
            if value is not Missing.DEFAULT:
                values[question.name] = value
                if asked and not question.computed:
                    decided[self.expressions.holds(question.ask, context)].add(question.name)
        return Answers(values, frozenset(decided[True]), frozenset(decided[False]))

    def check_given(self, given: Document) -> None:
        """Refuse what no other answer could make right: unknown names, values never offered."""
        refuse_unknown(self.questionnaire, given)
        refusals, locks = self._locks(given)
        for question in self.questionnaire.asked:
            if question.name in given:
                value = _read(question, given[question.name])
                self._refuse_unoffered(question, value, {})
                if value != locks.get(question.name, value):
                    raise AnswerError(_refusal(question, value, str(refusals[question.name])))

    def render(self, text: str, context: Mapping[str, object]) -> str:
        """Render one of the template's texts."""
        return str(self.expressions.render(text, {**self._surroundings, **context}))

    def _locks(self, given: Document) -> tuple[Document, Document]:
        """Return why the preset among some answers refuses others, and what it locks."""
        if PRESET not in given:
            return {}, {}
        values = self.complete({PRESET: given[PRESET]}).values
        refusals, locks = values.get("refusals"), values.get("locked")
        return (
            (refusals, locks)
            if isinstance(refusals, dict) and isinstance(locks, dict)
            else ({}, {})
        )

    def _answer(
        self, question: Question, given: Document, context: Mapping[str, object], *, asked: bool
    ) -> Value | Missing:
        if question.name not in given:
            return self._default(question, context, asked=asked)
        value = _read(question, given[question.name])
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
                raise AnswerError(f"{question.name} has no default: give it with {question.flag}")
            return Missing.DEFAULT
        rendered = self.expressions.render(question.default, context)
        value = as_bool(rendered) if question.type == "bool" else _read(question, rendered)
        if asked:
            hint = f"; it follows from your other answers, so give your own with {question.flag}"
            if not self.expressions.holds(question.ask, context):
                hint = "" if question.computed else "; it is locked, so change the other answer"
            self._refuse_invalid(question, value, context, hint)
        return value

    def _refuse_unoffered(
        self, question: Question, value: Value, context: Mapping[str, object]
    ) -> None:
        for item in value if question.multiselect and isinstance(value, list) else [value]:
            choice = question.choice(item)
            if question.choices and choice is None:
                raise AnswerError(
                    f"{question.name}={shown(item)} is not possible: choose {_listed(question)}"
                )
            if choice and context and (reason := self.render(choice.refusal, context).strip()):
                raise AnswerError(_refusal(question, item, reason))

    def _refuse_invalid(
        self, question: Question, value: Value, context: Mapping[str, object], hint: str = ""
    ) -> None:
        reason = self.render(question.validator, {**context, question.name: value})
        if reason := " ".join(reason.split()):
            raise AnswerError(_refusal(question, value, reason), hint)

    def _refuse_idle(self, question: Question, value: Value, context: Mapping[str, object]) -> None:
        if value != self._default(question, context, asked=False):
            raise AnswerError(
                f"{question.name}={shown(value)} has no effect, because it is asked only when "
                f"{question.condition}: leave it out, or change that answer"
            )


def _read(question: Question, raw: Value) -> Value:
    try:
        return question.read(raw)
    except ValueError as error:
        kind = "a list: write [one, another]" if question.multiselect else KINDS[question.type]
        raise AnswerError(f"{question.name}={shown(raw)} is not {kind}") from error


def _refusal(question: Question, value: Value, reason: str) -> str:
    pair = f"{question.name}={shown(value)}"
    return reason if pair in reason else f"{pair} is refused: {reason}"


def _listed(question: Question) -> str:
    *most, last = [shown(choice.value) for choice in question.choices]
    return f"{', '.join(most)} or {last}" if most else last
