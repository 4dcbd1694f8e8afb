"""The command line of `groundplan`, as a table of contents: its commands, and where each is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import pairwise
from typing import Annotated, TypeAlias

import typer

from generator import __version__
from generator.commands import console
from generator.errors import EXIT_CODES, Stopped, UsageError

Command: TypeAlias = Callable[..., None] | typer.Typer

_CODES = "\n".join(f"{code:>5}  {meaning}" for code, meaning in EXIT_CODES.items())
_EPILOG = f"\b\nExit codes; from 2 on, nothing is left behind:\n{_CODES}"
_HELP_NAMES = {"help_option_names": ["-h", "--help"]}

Version = Annotated[bool, typer.Option("--version", help="Print the version.")]


def _new(arguments: Sequence[str], stack: ExitStack) -> Command:
    from generator.commands.new import assembled

    return stack.enter_context(assembled(arguments))


def _options(*_: object) -> Command:
    from generator.commands.options import options

    return options


def _check(*_: object) -> Command:
    from generator.commands.check import check

    return check


def _preset(*_: object) -> Command:
    from generator.commands.preset import presets

    return presets()


_CONTENTS: tuple[tuple[str, str, Callable[[Sequence[str], ExitStack], Command]], ...] = (
    ("new", "Make a new service at PATH.", _new),
    (
        "options",
        "List every question: its values, its default, and what each value implies.",
        _options,
    ),
    (
        "check",
        "Hold a service against its preset, its template and the rules for every service.",
        _check,
    ),
    ("preset", "List, show, check, begin or apply the presets of an organisation.", _preset),
)
"""Each command, what it is for, and what imports it: only the one that is wanted is imported."""


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code."""
    with ExitStack() as stack:
        command = typer.main.get_command(_assemble(arguments, stack))
        words = list(arguments) or ["--help"]
        try:
            code: object = command.main(words, prog_name="groundplan", standalone_mode=False)
        except typer.Abort as error:
            raise Stopped from error
        except typer.TyperException as error:
            raise UsageError(_misplaced(error, words) or _sentence(error)) from error
    return code if isinstance(code, int) else 0


def _assemble(arguments: Sequence[str], stack: ExitStack) -> typer.Typer:
    """Build the command line; of what is not wanted it has no more than the name."""
    app = typer.Typer(
        add_completion=False, context_settings=_HELP_NAMES, epilog=_EPILOG, rich_markup_mode=None
    )
    app.callback(invoke_without_command=True)(_groundplan)
    wanted = next((word for word in arguments if not word.startswith("-")), None)
    for name, summary, load in _CONTENTS:
        command = load(arguments, stack) if name == wanted else _unused
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name, help=summary, epilog=_EPILOG)
        else:
            app.command(name, help=summary, epilog=_EPILOG)(command)
    return app


def _groundplan(version: Version = False) -> None:
    """Generate production FastAPI services from a template that proves every variant."""
    if version:
        console.result(f"groundplan {__version__}")


def _unused() -> None:
    """Stand for a command where it is only listed."""


def _misplaced(error: typer.TyperException, words: Sequence[str]) -> str | None:
    """Say of a value behind a switch, which takes none, where it belongs."""
    context = getattr(error, "ctx", None)
    parameters = context.command.params if context and "extra argument" in str(error) else ()
    for parameter in parameters:
        yes, no = parameter.opts, parameter.secondary_opts
        for flag, value in pairwise(words):
            if no and flag in {*yes, *no} and not value.startswith("-"):
                return f"{flag} takes no value, and {value} is one: write {yes[0]} or {no[0]}"
    return None


def _sentence(error: typer.TyperException) -> str:
    """Make one sentence of what Typer says, in the tone of our own."""
    text = error.format_message().strip().rstrip(".")
    near: list[str] = getattr(error, "possibilities", None) or []
    if near:
        text = f"{text.partition(' (')[0]}: did you mean {' or '.join(sorted(near))}?"
    return text[:1].lower() + text[1:]
