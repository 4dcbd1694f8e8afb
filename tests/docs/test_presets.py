"""docs/presets.md and examples/: what is shown is what happens."""

import re
import shlex
import shutil
from pathlib import Path
from typing import Final

import pytest
import yaml

from generator.presets.model import Preset
from tests.docs.markdown import blocks, section, table
from tests.generator.support import spawn
from tests.harness.places import ROOT
from tests.harness.renders import Renders
from tests.harness.repositories import IDENTITY, commit_all, repository_of

PAGE: Final = (ROOT / "docs" / "presets.md").read_text()
EXAMPLES: Final = ROOT / "examples" / "presets"
BROKEN: Final = """\
name: broken
version: "1"
description: Three mistakes

lock:
  database: oracle
  kubernetes_version: "1.35"
  python_version: 3.13
"""


def steps() -> list[tuple[str, str]]:
    """Read the commands that are shown, each with what it prints."""
    lines = "".join(blocks(PAGE, "console"))
    parts = re.split(r"^\$ ", lines, flags=re.MULTILINE)[1:]
    return [(command, output) for command, _, output in (part.partition("\n") for part in parts)]


def matches(printed: str, shown: str) -> bool:
    """Compare, where three dots stand for anything."""
    pattern = ".*".join(map(re.escape, shown.strip().split("...")))
    return bool(re.fullmatch(pattern, printed.strip(), re.DOTALL))


@pytest.fixture
def desk(renders: Renders, tmp_path: Path) -> Path:
    """A folder with the examples, a template, and the files that the page mentions."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    repository_of(renders.template, tmp_path / "template")
    (tmp_path / "broken.yml").write_text(BROKEN)
    newer = yaml.safe_load((EXAMPLES / "acme.yml").read_text()) | {"version": "2.0"}
    newer["lock"] |= {"sample": newer["defaults"].pop("sample")}
    del newer["lock"]["ci"]
    (tmp_path / "acme-2.yml").write_text(yaml.safe_dump(newer, sort_keys=False))
    return tmp_path


@pytest.mark.slow
def test_walk_through(desk: Path) -> None:
    """Every command is run, in order, and prints what the page says."""
    variables = dict(IDENTITY)
    for command, shown in steps():
        words = shlex.split(command)
        if words[0] == "export":
            variables |= dict([words[1].split("=")])
            continue
        assert words.pop(0) == "groundplan"
        with_template = [*words, "--template", "template"]
        outcome = spawn(*with_template, cwd=desk, **variables)
        progress = [line for line in outcome.err.splitlines() if not line.endswith(" ...")]
        printed = "\n".join([*progress, outcome.out])
        assert matches(printed, shown), f"$ {command}\n{printed}"
        if words[0] == "new" and outcome.code == 0:
            commit_all(desk / words[1], "Made")


def test_keys() -> None:
    assert [row["key"] for row in table(section(PAGE, "Write one"))] == list(Preset.model_fields)


def test_built_in() -> None:
    for row in table(section(PAGE, "Use one")):
        path = ROOT / "generator" / "presets" / "builtin" / f"{row['preset']}.yml"
        assert yaml.safe_load(path.read_text())["description"] == row["what it is"]


def test_data_is_the_example() -> None:
    [shown] = blocks(section(PAGE, "With Copier alone"), "yaml")
    preset = Preset.model_validate(yaml.safe_load((EXAMPLES / "acme.yml").read_text()))

    assert yaml.safe_load(shown) == preset.as_data
