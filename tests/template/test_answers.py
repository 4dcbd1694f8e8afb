"""What may be answered: every text that is allowed gives sound files, and the rest is refused."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Protocol

import pytest
import yaml

from tests.harness.places import files_in
from tests.harness.projects import Project
from tests.harness.renders import Answers, Renders, render

RUFF = Path(sys.executable).with_name("ruff")

AWKWARD: dict[str, str] = {
    "project_name": "L'Été & <Söhne>: 100% {x} #1 $HOME `ls` \U0001f4e6",
    "project_slug": "a",
    "description": "Sells: {pens} & 'paper', 100% · \U0001f4e6 # no comment, $PATH `ls` */ <b>",
    "author": "Zoë O'Neill <zoe@example.com>",
}
LONG: dict[str, str] = {
    "project_name": "N" * 80,
    "project_slug": "s" * 50,
    "description": "many words " * 18 + "at",
    "author": "A" * 100,
}


class Answered(Protocol):
    """What pytest-copie hands back: an error too, instead of raising it."""

    exit_code: str | int | None
    exception: Exception | SystemExit | None
    project_dir: Path | None


class Copies(Protocol):
    """The fixture of pytest-copie, as it is used here."""

    def copy(self, extra_answers: dict[str, str], template_dir: Path) -> Answered:
        """Copy a template."""
        ...


def copied(copie: Copies, renders: Renders, answers: dict[str, str]) -> Path:
    """Copy with all defaults but for these answers."""
    result = copie.copy(answers, renders.template)
    assert (result.exit_code, result.exception) == (0, None)
    assert result.project_dir is not None
    return result.project_dir


def test_defaults(copie: Copies, renders: Renders) -> None:
    folder = copied(copie, renders, {})

    names = [path.relative_to(folder) for path in files_in(folder)]
    expected = renders.get({})
    assert names == [path.relative_to(expected) for path in files_in(expected)]


@pytest.mark.slow
@pytest.mark.parametrize("answers", [AWKWARD, LONG], ids=["awkward", "long"])
def test_texts(copie: Copies, renders: Renders, answers: dict[str, str]) -> None:
    """A name is a name, whatever it means in Python, TOML, YAML, Markdown or a shell."""
    folder = copied(copie, renders, answers)

    project = Project(folder)
    declared = tomllib.loads(project.texts["pyproject.toml"])["project"]
    assert (declared["name"], declared["description"]) == (
        answers["project_slug"],
        answers["description"],
    )
    assert declared["authors"] == [{"name": answers["author"]}]
    assert answers["project_name"] in project.texts["README.md"]
    assert project.modules
    for path in files_in(folder):
        if path.suffix in {".yml", ".yaml"}:
            list(yaml.safe_load_all(path.read_text()))
    for command in (["check"], ["format", "--check"]):
        subprocess.run([RUFF, *command, "--no-cache", "."], cwd=folder, check=True)


@pytest.mark.parametrize(
    "answers",
    [
        {"project_name": ""},
        {"project_name": 'A "quoted" name'},
        {"project_name": "Two\nlines"},
        {"project_slug": "Order Service"},
        {"project_slug": "1st-service"},
        {"description": "Two\nlines"},
        {"author": "Back\\slash"},
        {"orm": "peewee"},
        {"database": "oracle"},
        {"python_version": "3.10"},
        {"orm": "none", "sample": "items"},
        {"orm": "none", "celery": True, "sample": "orders"},
        {"sample": "orders"},
    ],
    ids=str,
)
def test_refused(renders: Renders, tmp_path: Path, answers: Answers) -> None:
    with pytest.raises(ValueError, match=r"(?i)validation|invalid"):
        render(renders.template, tmp_path / "service", answers)

    assert not (tmp_path / "service").exists()
