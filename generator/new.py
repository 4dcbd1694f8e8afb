"""The command `new`."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from generator import console, plan, report, service
from generator.answers import PRESET, Answers, parse_pairs
from generator.cli import AsJson, OtherTemplate
from generator.errors import AnswerError, UsageError
from generator.flags import given_by, with_flags
from generator.implications import overruled
from generator.service import Order
from generator.target import Target
from generator.template import Template
from generator.values import Document, Value

Place = Annotated[
    str,
    typer.Argument(metavar="PATH", help="A folder that does not exist yet, or an empty one."),
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
    drawn = plan.draw(order, given, answers)
    if json:
        console.result_json(plan.as_document(drawn))
    else:
        console.result(plan.as_text(drawn))


def _make(order: Order, given: Document, answers: Answers, *, json: bool) -> None:
    made = service.make(order, given, answers)
    for note in made.notes:
        console.note(note)
    if json:
        console.result_json(report.as_document(made))
    else:
        console.result(report.as_text(made, order))
