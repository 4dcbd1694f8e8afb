"""The commands about presets: `preset list`, `show`, `validate`, `init`, and `apply` beside it."""

from pathlib import Path
from typing import Annotated

import typer

from generator.commands import console
from generator.commands.parameters import AsJson, OtherTemplate, PresetPlace
from generator.commands.preset_apply import apply
from generator.errors import PresetError, TargetError, machine_error
from generator.lifecycle.sources import opened
from generator.presets import places
from generator.presets.model import Preset, listed
from generator.presets.reading import Draft, Script
from generator.presets.soundness import examined, sound
from generator.presets.starter import starter

NewFile = Annotated[str, typer.Argument(metavar="FILE", help="A file that does not exist yet.")]
AsData = Annotated[
    bool, typer.Option("--data", help="Print it as plain Copier takes it: --data-file.")
]


def presets() -> typer.Typer:
    """Assemble the commands."""
    app = typer.Typer(rich_markup_mode=None, no_args_is_help=False)
    app.command("list", help="List the presets that can be named.")(_list)
    app.command("show", help="Show what a preset proposes and locks.")(_show)
    app.command("validate", help="Say what is wrong with a preset, with the lines.")(_validate)
    app.command("init", help="Write a preset to begin with.")(_init)
    app.command("apply", help="Let a service follow a preset, or a newer version of its own.")(
        apply
    )
    return app


def _list(json: AsJson = False, template: OtherTemplate = None) -> None:
    with opened(template) as source:
        drafts = {
            name: examined(places.find(name), source.questionnaire) for name in places.named()
        }
    if json:
        console.result_json({"presets": [_as_document(*item) for item in drafts.items()]})
    else:
        console.result("\n".join(_line(*item) for item in drafts.items()))


def _show(
    place: PresetPlace, json: AsJson = False, data: AsData = False, template: OtherTemplate = None
) -> None:
    script = places.find(place)
    with opened(template) as source:
        preset = sound(script, source.questionnaire)
    if data:
        import yaml

        console.result(yaml.safe_dump(preset.as_data, allow_unicode=True, sort_keys=False).rstrip())
    elif json:
        console.result_json(preset.model_dump())
    else:
        console.result(_as_text(preset, script))


def _validate(place: PresetPlace, json: AsJson = False, template: OtherTemplate = None) -> None:
    script = places.find(place)
    with opened(template) as source:
        draft = examined(script, source.questionnaire)
    if json:
        problems = [{"line": one.line, "text": one.text} for one in draft.problems]
        console.result_json({"preset": script.origin, "valid": not problems, "problems": problems})
    elif draft.problems:
        console.result(
            "\n".join(f"{script.origin}:{one.line}: {one.text}" for one in draft.problems)
        )
    else:
        console.result(f"{script.origin} is sound.")
    if draft.problems:
        raise typer.Exit(PresetError.exit_code)


def _init(file: NewFile, template: OtherTemplate = None) -> None:
    path = Path(file)
    with opened(template) as source:
        text = starter(path.stem, source.questionnaire)
    try:
        with path.open("x", encoding="utf-8") as written:
            written.write(text)
    except FileExistsError as error:
        raise TargetError(f"{file} is there already: choose another file") from error
    except OSError as error:
        raise machine_error(error, f"the preset {file}") from error
    console.result(
        f"{file} is written. Change it, and check it with `groundplan preset validate {file}`."
    )


def _line(name: str, draft: Draft) -> str:
    if draft.problems or draft.preset is None:
        return f"{name}  is not sound: `groundplan preset validate {name}` says why"
    return f"{name}  {draft.preset.version}  {draft.preset.description}"


def _as_document(name: str, draft: Draft) -> dict[str, object]:
    preset = draft.preset.model_dump() if draft.preset else {}
    return {**preset, "name": name, "origin": draft.script.origin, "valid": not draft.problems}


def _as_text(preset: Preset, script: Script) -> str:
    lines = [
        console.heading(f"{preset.name} {preset.version}: {preset.description}"),
        f"  from      {script.origin}",
        f"  locks     {listed(preset.lock) or 'nothing'}",
        f"  proposes  {listed(preset.defaults) or 'nothing'}",
    ]
    if preset.message:
        lines.append(f"  message   {preset.message}")
    return "\n".join(lines)
