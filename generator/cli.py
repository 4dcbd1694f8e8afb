"""The command line of `groundplan`."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from typing import Annotated

import typer

from generator import __version__, console
from generator.errors import EXIT_CODES, Stopped, UsageError

_CODES = "\n".join(f"{code:>5}  {meaning}" for code, meaning in EXIT_CODES.items())
_EPILOG = f"\b\nExit codes; from 2 on, nothing is left behind:\n{_CODES}"
_NEW = "Make a new service at PATH."
_OPTIONS = "List every question: its values, its default, and what each value implies."
_CHECK = "Hold a service against its preset, its template and the rules for every service."
_PRESET = "List, show, check, begin or apply the presets of an organisation."
_HELP_NAMES = {"help_option_names": ["-h", "--help"]}

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document; ask nothing.")]
OtherTemplate = Annotated[
    str | None,
    typer.Option("--template", metavar="PATH|URL", help="Use another template than our own."),
]
Version = Annotated[bool, typer.Option("--version", help="Print the version.")]


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
            raise UsageError(_sentence(error)) from error
    return code if isinstance(code, int) else 0


def _assemble(arguments: Sequence[str], stack: ExitStack) -> typer.Typer:
    """Build the command line; the flags of `new` come from the template that it will use."""
    app = typer.Typer(
        add_completion=False, context_settings=_HELP_NAMES, epilog=_EPILOG, rich_markup_mode=None
    )
    app.callback(invoke_without_command=True)(_groundplan)
    wanted = next((word for word in arguments if not word.startswith("-")), None)
    new = _new_from(arguments, stack) if wanted == "new" else _unused
    app.command("new", help=_NEW, epilog=_EPILOG)(new)
    app.command("options", help=_OPTIONS, epilog=_EPILOG)(_options)
    check = _check_command() if wanted == "check" else _unused
    app.command("check", help=_CHECK, epilog=_EPILOG)(check)
    _add_preset(app, needed=wanted == "preset")
    return app


def _check_command() -> Callable[..., None]:
    from generator.check.command import check

    return check


def _add_preset(app: typer.Typer, *, needed: bool) -> None:
    """Add the commands about presets, or their name alone where it is only listed."""
    if needed:
        from generator.presets.commands import presets

        app.add_typer(presets(), name="preset", help=_PRESET, epilog=_EPILOG)
    else:
        app.command("preset", help=_PRESET)(_unused)


def _groundplan(version: Version = False) -> None:
    """Generate production FastAPI services from a template that proves every variant."""
    if version:
        console.result(f"groundplan {__version__}")


def _new_from(arguments: Sequence[str], stack: ExitStack) -> Callable[..., None]:
    from generator import new, template

    return new.command(stack.enter_context(template.opened(_place_of_template(arguments))))


def _options(json: AsJson = False, template: OtherTemplate = None) -> None:
    from generator import options
    from generator.template import opened

    with opened(template) as source:
        found = options.collect(source)
        if json:
            console.result_json(options.as_document(source, found))
        else:
            console.result(options.as_text(found))


def _unused() -> None:
    """Stand for a command where it is only listed."""


def _place_of_template(arguments: Sequence[str]) -> str | None:
    """Find the template before the command line is parsed: its questions are part of the parser."""
    place = None
    for word, following in zip(arguments, [*arguments[1:], None], strict=True):
        if word == "--":
            break
        if word == "--template":
            place = following
        elif word.startswith("--template="):
            place = word.partition("=")[2]
    return place


def _sentence(error: typer.TyperException) -> str:
    """Make one sentence of what Typer says, in the tone of our own."""
    text = error.format_message().strip().rstrip(".")
    near: list[str] = getattr(error, "possibilities", None) or []
    if near:
        text = f"{text.partition(' (')[0]}: did you mean {' or '.join(sorted(near))}?"
    return text[:1].lower() + text[1:]
