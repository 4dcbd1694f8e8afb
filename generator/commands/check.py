"""The command `check`."""

from pathlib import Path
from typing import Annotated

import typer

from generator.check.checks import CHECKS
from generator.check.findings import Finding, Level
from generator.check.subject import Subject
from generator.commands import console
from generator.commands.parameters import AsJson, OtherTemplate, ServiceFolder
from generator.lifecycle.recording import recorded_in
from generator.lifecycle.sources import opened
from generator.presets import places
from generator.presets.soundness import sound

_FOUND = 8

Demanded = Annotated[
    str | None,
    typer.Option("--preset", metavar="NAME|FILE|URL", help="The preset that it has to follow."),
]
Strict = Annotated[bool, typer.Option("--strict", help="Let warnings fail it too.")]
Offline = Annotated[bool, typer.Option("--offline", help="Ask no repository for newer versions.")]


def check(
    path: ServiceFolder = ".",
    preset: Demanded = None,
    strict: Strict = False,
    offline: Offline = False,
    json: AsJson = False,
    template: OtherTemplate = None,
) -> None:
    """Print what is found, and end with 8 when something has to be repaired."""
    with opened(template) as source:
        demanded = sound(places.find(preset), source.questionnaire) if preset else None
        recorded = recorded_in(Path(path), source.answers_file)
        subject = Subject(Path(path), recorded, source, demanded, online=not offline)
        findings = [finding for look in CHECKS for finding in look(subject)]
    failing = {Level.ERROR, Level.WARNING} if strict else {Level.ERROR}
    passed = not any(finding.level in failing for finding in findings)
    _print(path, findings, passed=passed, json=json)
    if not passed:
        raise typer.Exit(_FOUND)


def _print(path: str, findings: list[Finding], *, passed: bool, json: bool) -> None:
    if json:
        documents = [
            {"check": one.check, "level": one.level.value, "text": one.text} for one in findings
        ]
        console.result_json({"path": path, "passed": passed, "findings": documents})
    else:
        lines = [f"{one.level.value:8} {one.check:9} {one.text}" for one in findings]
        console.result("\n".join([*lines, "", "passed" if passed else "not passed"]))
