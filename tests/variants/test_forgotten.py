"""What a developer forgets is named by `make check` of the service, with the way to mend it."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import pytest
import yaml
from pydantic import TypeAdapter

from tests.harness.places import ROOT
from tests.harness.renders import Renders
from tests.harness.second_day import Edit, Line
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.trees import contents
from tests.harness.variants import variant_with
from tests.harness.workbench import Workbench, workbench

FORGOTTEN: Final = ROOT / "tests/variants/forgotten.yml"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Something that is forgotten, and what tells of it."""

    name: str
    by: str
    says: list[str]
    new: dict[str, str]
    lines: list[Line] = field(default_factory=list[Line])
    says_not: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Document:
    """Everything, and the tests that it is about."""

    tests: str
    things: list[Forgotten]


@cache
def document() -> Document:
    """Read it."""
    return TypeAdapter(Document).validate_python(yaml.safe_load(FORGOTTEN.read_text()))


def forget(service: Path, things: list[Forgotten]) -> None:
    """Do what is forgotten to a service."""
    for each in things:
        Edit(each.name, change="", new=each.new, lines=each.lines).apply(service)


def put_back(service: Path, before: Mapping[str, tuple[int, bytes]]) -> None:
    """Undo it."""
    now = contents(service)
    for name in now.keys() - before:
        (service / name).unlink()
    for name, (_, content) in before.items():
        if now.get(name, (0, None))[1] != content:
            (service / name).write_bytes(content)


def told(bench: Workbench, *verb: str) -> str:
    """Run a verb that has to fail, and give all that it said, without line breaks."""
    done = subprocess.run(
        ["make", *verb],
        cwd=bench.project,
        env=bench.variables(**bench.address),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0, f"make {verb[0]} accepts what was forgotten"
    return " ".join((done.stdout + done.stderr).split())


@pytest.mark.slow
def test_each_is_named(renders: Renders, tmp_path: Path, subtests: pytest.Subtests) -> None:
    variant = variant_with(auth="jwt", database="sqlite", celery=True, broker="redis")
    verbs = {
        "lint": ["lint"],
        "layers": ["lint"],
        "test": ["test", f"ARGS=-n0 -q -rN --no-header {document().tests}"],
    }
    with workbench(variant, tmp_path, renders) as bench:
        stage_generate(bench)
        stage_install(bench)
        for by, verb in verbs.items():
            things = [each for each in document().things if each.by == by]
            before = contents(bench.project)
            forget(bench.project, things)
            said = told(bench, *verb)
            put_back(bench.project, before)
            for each in things:
                with subtests.test(each.name):
                    assert [sentence for sentence in each.says if sentence not in said] == [], said
                    assert [word for word in each.says_not if word in said] == [], said
        for verb in ("lint", "test"):
            bench.make(*verbs[verb], **bench.address)
