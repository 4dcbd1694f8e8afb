"""The command `preset apply`."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from generator.commands import console
from generator.commands.parameters import AsJson, OtherTemplate, PresetPlace, ServiceFolder
from generator.engine.values import shown
from generator.lifecycle import applying
from generator.lifecycle.applying import Change, Changes
from generator.lifecycle.sources import opened
from generator.presets import places
from generator.presets.soundness import sound

Replace = Annotated[
    bool, typer.Option("--replace", help="Take it in place of another preset or a newer version.")
]


def apply(
    place: PresetPlace,
    path: ServiceFolder = ".",
    replace: Replace = False,
    json: AsJson = False,
    template: OtherTemplate = None,
) -> None:
    """Update a service to a preset, and print what that changed."""
    script = places.find(place)
    with opened(template) as source:
        preset = sound(script, source.questionnaire)
        changes = applying.apply(
            Path(path), source.answers_file, preset, console.progress, replace=replace
        )
    if json:
        console.result_json(_as_document(changes))
    else:
        console.result(_as_text(changes))


def _as_document(changes: Changes) -> dict[str, object]:
    """Write the changes for a machine."""
    return asdict(changes)


def _as_text(changes: Changes) -> str:
    """Write the changes for a reader."""
    preset = changes.preset
    lines = [console.heading(f"preset: {preset.before or 'none'} -> {preset.now}")]
    lines += [f"  lock    {one.name}: {_arrow(one, 'open')}" for one in changes.locks]
    lines += [f"  answer  {one.name}: {_arrow(one, 'not asked')}" for one in changes.answers]
    lines.append(f"  files   {len(changes.files)} changed, nothing is committed: see `git diff`")
    lines += [f"  conflict in {name}: both versions stand in it" for name in changes.conflicts]
    return "\n".join(lines)


def _arrow(change: Change, nothing: str) -> str:
    before, now = (
        nothing if value is None else shown(value) for value in (change.before, change.now)
    )
    return f"{before} -> {now}"
