"""The command `new`."""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from generator.commands import console, report
from generator.commands.flags import given_by, parse_pairs, with_flags
from generator.commands.parameters import AsJson, OtherTemplate
from generator.engine.answers import PRESET, Answers
from generator.engine.implications import overruled
from generator.engine.template import Template
from generator.engine.values import Document, Value
from generator.errors import AnswerError, UsageError
from generator.lifecycle import plan, service
from generator.lifecycle.service import Order
from generator.lifecycle.sources import opened
from generator.lifecycle.target import Target

Place = Annotated[
    str,
    typer.Argument(
        metavar="PATH", help="A folder that does not exist yet, an empty one, or a git repository."
    ),
]
Pairs = Annotated[
    list[str] | None,
    typer.Option("-d", "--data", metavar="KEY=VALUE", help="Answer a question; repeatable."),
]
Defaults = Annotated[bool, typer.Option("--defaults", help="Ask nothing, take the defaults.")]
FromPreset = Annotated[
    str | None,
    typer.Option("--preset", metavar="NAME|FILE|URL", help="Follow an organisation's preset."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be made; write nothing.")]
NoGit = Annotated[bool, typer.Option("--no-git", help="Make no repository and no first commit.")]


@contextmanager
def assembled(arguments: Sequence[str]) -> Generator[Callable[..., None]]:
    """Yield the command for a command line, with the template that it names."""
    with opened(_template_named_in(arguments)) as source:
        yield command(source)


def command(source: Template) -> Callable[..., None]:
    """Return the command with a flag for each question of a template."""

    def new(
        path: Place,
        data: Pairs = None,
        defaults: Defaults = False,
        dry_run: DryRun = False,
        no_git: NoGit = False,
        json: AsJson = False,
        template: OtherTemplate = None,
        preset: FromPreset = None,
        **flags: Value,
    ) -> None:
        del template  # it was needed earlier, for the flags
        if not path.strip():
            raise UsageError("PATH is empty: name the folder that the service goes to")
        given = given_by(flags, parse_pairs(data or ()))
        given |= _decided(preset, given, source)
        order = Order(Target(Path(path)), source, given, with_git=not no_git)
        answered = _settle(order, defaults=defaults, json=json)
        (_preview if dry_run else _make)(order, *answered, json=json)

    return with_flags(new, source.questionnaire)


def _template_named_in(arguments: Sequence[str]) -> str | None:
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


def _decided(place: str | None, given: Document, source: Template) -> Document:
    """Return the preset at a place as the answer that Copier and the answers file know."""
    if PRESET in given:
        raise AnswerError("preset is no question: name the preset with --preset")
    if place is None:
        return {}
    from generator.presets import places, soundness

    return soundness.sound(places.find(place), source.questionnaire).as_data


def _settle(order: Order, *, defaults: bool, json: bool) -> tuple[Document, Answers]:
    interactive = not defaults and not json and console.interactive()
    given, answers = service.settle(order, interactive=interactive)
    for note in overruled(order.evaluator, answers):
        console.note(note)
    assumed = [name for name in answers.values if name in answers.open - given.keys()]
    if assumed and not interactive and not defaults:
        console.note(f"nobody can be asked here, so the defaults hold for {', '.join(assumed)}")
    return given, answers


def _preview(order: Order, given: Document, answers: Answers, *, json: bool) -> None:
    drawn = plan.draw(order, given, answers, console.progress)
    if json:
        console.result_json(report.planned_as_document(drawn))
    else:
        console.result(report.planned_as_text(drawn))


def _make(order: Order, given: Document, answers: Answers, *, json: bool) -> None:
    made = service.make(order, given, answers, console.progress)
    for note in made.notes:
        console.note(note)
    if json:
        console.result_json(report.made_as_document(made))
    else:
        console.result(report.made_as_text(made, order))
