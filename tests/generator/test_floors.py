"""What holds the floors of generator/: each wrong import is found, with what to do about it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.places import ROOT

LINTER = Path(sys.executable).with_name("lint-imports")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the command's code, and of what is said about its imports."""
    shutil.copytree(
        ROOT / "generator", tmp_path / "generator", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def linted(folder: Path) -> tuple[int, str]:
    """Return the exit code and, in one line, what is printed."""
    done = subprocess.run(
        [LINTER, "--no-cache", "--no-logo"],
        cwd=folder,
        capture_output=True,
        check=False,
        text=True,
    )
    return done.returncode, " ".join((done.stdout + done.stderr).split())


def test_as_it_is(copied: Path) -> None:
    code, said = linted(copied)

    assert code == 0, said
    assert "BROKEN" not in said


@pytest.mark.parametrize(
    ("module", "line", "contract", "advice"),
    [
        (
            "presets/model.py",
            "from generator.lifecycle import git",
            "Imports go down only",
            "Move what both need to the lower of the two floors",
        ),
        ("stray.py", "", "Imports go down only", "give a new module of generator/ a floor"),
        (
            "engine/answers.py",
            "from generator.engine.evaluator import Evaluator",
            "No circle, on no floor",
            "Move what both modules need into one that imports neither",
        ),
        (
            "lifecycle/target.py",
            "import typer",
            "Below the commands nobody knows the terminal",
            "find the words for it in generator/commands/",
        ),
        (
            "engine/features.py",
            "import subprocess",
            "The engine works wherever Python does, and presets are data",
            "Do it in generator/lifecycle/",
        ),
        (
            "engine/features.py",
            "def late() -> None:\n    import copier",
            "The engine works wherever Python does, and presets are data",
            "give the engine what comes of it",
        ),
    ],
    ids=["up", "no floor", "circle", "terminal", "process", "late"],
)
def test_wrong_import(copied: Path, module: str, line: str, contract: str, advice: str) -> None:
    with (copied / "generator" / module).open("a") as file:
        file.write(f"\n{line}\n")

    code, said = linted(copied)

    assert code == 1
    assert f"{contract} BROKEN" in said
    assert advice in said
