"""Answers on the command line: every question is a flag, made from the questionnaire alone."""

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated

import typer

from generator.engine.answers import PINNED
from generator.engine.expressions import Expressions
from generator.engine.questionnaire import Questionnaire
from generator.engine.questions import Missing, Question
from generator.engine.values import Document, Value, as_bool, shown
from generator.errors import AnswerError

_PREFIX = "answer_"


def with_flags(command: Callable[..., None], questionnaire: Questionnaire) -> Callable[..., None]:
    """Return a command that takes one more parameter for each question.

    A question whose flag the command has for itself can be answered with `-d` only.
    """
    signature = inspect.signature(command)
    own = [one for one in signature.parameters.values() if one.kind is not one.VAR_KEYWORD]
    taken = {"--help", "--version", *(f"--{one.name.replace('_', '-')}" for one in own)}
    expressions = Expressions(questionnaire.settings)
    added = [
        _parameter(one, _help(one, expressions))
        for one in questionnaire.asked
        if not taken & _flags(one)
    ]

    def extended(**parameters: object) -> None:
        command(**parameters)

    extended.__doc__ = command.__doc__
    extended.__dict__["__signature__"] = signature.replace(parameters=[*own, *added])
    return extended


def given_by(parameters: Mapping[str, Value], given: Document) -> Document:
    """Add the flags that were used to the answers that are given."""
    for name, value in parameters.items():
        if value is not None:
            merge(given, name.removeprefix(_PREFIX), value)
    return given


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


def _flags(question: Question) -> set[str]:
    negative = question.flag.replace("--", "--no-", 1)
    return {question.flag, negative} if question.type == "bool" else {question.flag}


def _parameter(question: Question, words: str) -> inspect.Parameter:
    return inspect.Parameter(
        f"{_PREFIX}{question.name}",
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=(_bool_flag if question.type == "bool" else _text_flag)(question, words),
    )


def _bool_flag(question: Question, words: str) -> object:
    names = f"{question.flag}/{question.flag.replace('--', '--no-', 1)}"
    return Annotated[bool | None, typer.Option(names, help=words, show_default=False)]


def _text_flag(question: Question, words: str) -> object:
    values = "|".join(shown(choice.value) for choice in question.choices)
    option = typer.Option(
        question.flag, help=words, metavar=values or question.type, show_default=False
    )
    return Annotated[str | None, option]


def _help(question: Question, expressions: Expressions) -> str:
    parts = [question.help]
    default = _constant(question, expressions)
    if default is not Missing.DEFAULT:
        parts.append(f"[default: {shown(default)}]")
    if question.condition:
        parts.append(f"[asked when {question.condition}]")
    return "  ".join(part for part in parts if part)


def _constant(question: Question, expressions: Expressions) -> Value | Missing:
    """Return the default that holds where no preset has another, unless other answers decide."""
    default = question.default
    if not isinstance(default, str) or "{" not in default:
        return default
    if expressions.variables(default) - {PINNED}:
        return Missing.DEFAULT
    value = expressions.render(default, {PINNED: {}})
    return as_bool(value) if question.type == "bool" else value
