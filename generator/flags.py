"""Every question as a flag of the command line, made from the questionnaire alone."""

import inspect
from collections.abc import Callable, Mapping
from typing import Annotated

import typer

from generator.answers import merge
from generator.questions import Missing, Question, Questionnaire
from generator.values import Document, Value, shown

_PREFIX = "answer_"


def with_flags(command: Callable[..., None], questionnaire: Questionnaire) -> Callable[..., None]:
    """Return a command that takes one more parameter for each question.

    A question whose flag the command has for itself can be answered with `-d` only.
    """
    signature = inspect.signature(command)
    own = [one for one in signature.parameters.values() if one.kind is not one.VAR_KEYWORD]
    taken = {"--help", "--version", *(f"--{one.name.replace('_', '-')}" for one in own)}
    added = [_parameter(one) for one in questionnaire.asked if not taken & _flags(one)]

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


def _flags(question: Question) -> set[str]:
    negative = question.flag.replace("--", "--no-", 1)
    return {question.flag, negative} if question.type == "bool" else {question.flag}


def _parameter(question: Question) -> inspect.Parameter:
    return inspect.Parameter(
        f"{_PREFIX}{question.name}",
        inspect.Parameter.KEYWORD_ONLY,
        default=None,
        annotation=_bool_flag(question) if question.type == "bool" else _text_flag(question),
    )


def _bool_flag(question: Question) -> object:
    names = f"{question.flag}/{question.flag.replace('--', '--no-', 1)}"
    return Annotated[bool | None, typer.Option(names, help=_help(question), show_default=False)]


def _text_flag(question: Question) -> object:
    values = "|".join(shown(choice.value) for choice in question.choices)
    option = typer.Option(
        question.flag, help=_help(question), metavar=values or question.type, show_default=False
    )
    return Annotated[str | None, option]


def _help(question: Question) -> str:
    parts = [question.help]
    if question.default is not Missing.DEFAULT and "{" not in str(question.default):
        parts.append(f"[default: {shown(question.default)}]")
    if question.condition:
        parts.append(f"[asked when {question.condition}]")
    return "  ".join(part for part in parts if part)
