"""README.md: its commands exist, its trees are there, its tables say what the code says."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from generator.errors import EXIT_CODES
from tests.docs.markdown import blocks, documents, section, table
from tests.harness.coverage import covered
from tests.harness.places import ROOT
from tests.harness.renders import Renders
from tests.harness.stages.table import STAGES
from tests.harness.variants import PRODUCT, covering, variants

README: Final = (ROOT / "README.md").read_text()
TARGET: Final = re.compile(r"^([a-z-]+):.*##", re.MULTILINE)
VERB: Final = re.compile(r"(?:^|`)make ([a-z-]+)\b", re.MULTILINE)
FLAG: Final = re.compile(r"(?<!\S)(--?[a-z][a-z-]*)")


def targets(makefile: Path) -> set[str]:
    """Name what ``make help`` of a Makefile lists."""
    return set(TARGET.findall(makefile.read_text()))


def shown(title: str) -> list[str]:
    """Read the lines of the commands below a heading."""
    return [line for block in blocks(section(README, title), "sh") for line in block.splitlines()]


def help_of(command: str) -> str:
    """Ask the command line for its own description."""
    arguments = [sys.executable, "-m", "generator", command, "--help"]
    return subprocess.run(arguments, cwd=ROOT, capture_output=True, check=True, text=True).stdout


def paths(tree: str) -> list[str]:
    """Read the paths of a drawn tree: names by indentation, comments after them."""
    found: list[str] = []
    folders: list[str] = []
    for line in tree.splitlines():
        name, depth = line.split()[0], (len(line) - len(line.lstrip())) // 2
        folders[depth:] = [name]
        found.append("".join(folders[: depth + 1]))
    return found


class TestCommands:
    def test_the_demo_is_two_commands(self) -> None:
        clone, *commands = shown("Two commands")

        assert clone.startswith("git clone ")
        assert commands == ["make demo", "make test"]

    @pytest.mark.parametrize("document", documents(), ids=lambda path: path.stem)
    def test_verbs_exist(self, renders: Renders, document: Path) -> None:
        known = targets(ROOT / "Makefile") | targets(renders.get({}) / "Makefile")

        assert set(VERB.findall(document.read_text())) <= known

    @pytest.mark.parametrize("command", ["new", "options"])
    def test_flags_exist(self, command: str) -> None:
        lines = [line for line in README.splitlines() if f"bin/groundplan {command}" in line]
        used = {flag for line in lines for flag in FLAG.findall(line)}

        assert lines
        assert used <= set(re.findall(r"--?[a-z][a-z-]*", help_of(command)))


class TestTrees:
    def test_repository(self) -> None:
        tree = next(
            block for block in blocks(section(README, "Trees"), "") if "copier.yml" in block
        )
        ignored = set((ROOT / ".gitignore").read_text().splitlines())
        folders = {f"{path.name}/" for path in ROOT.iterdir() if path.is_dir()} - ignored

        assert {path for path in paths(tree) if path.endswith("/")} == {
            folder for folder in folders if not folder.startswith(".")
        }
        assert all((ROOT / path).exists() for path in paths(tree))

    def test_service(self, renders: Renders) -> None:
        tree = next(block for block in blocks(section(README, "Trees"), "") if "app/" in block)

        assert [path for path in paths(tree) if not (renders.get({}) / path).exists()] == []


class TestTables:
    def test_stages(self) -> None:
        rows = table(section(README, "How every variant is proven"))

        assert [row["stage"] for row in rows] == [stage.name for stage in STAGES]
        for row, stage in zip(rows, STAGES, strict=True):
            assert row["what has to hold"] == stage.proves.replace("`", "")

    def test_coverage(self) -> None:
        """What the whole table holds is all that is possible: tests/variants/test_table.py."""
        text = section(README, "How every variant is proven")
        rows = table(text[text.index("| interactions of options") :])

        size, *counts = covered(variant.answers for variant in variants())
        assert rows == [
            {
                "interactions of options": each["interactions"],
                "make test": "all" if each["table"] == each["whole_table"] else "some",
                "make test-whole-table": "all",
            }
            for each in counts
        ]
        said = re.search(r"whole table has about (\d+) rows", text)
        assert said
        assert abs(int(said[1]) - int(size["whole_table"])) < 20

    def test_variants(self) -> None:
        text = section(README, "How every variant is proven")

        assert f": {len(variants())} of them today. The first {len(covering())} hold" in text
        named = re.search(r"combinations of (.*?), with `sample", text)
        assert named
        assert re.findall(r"`(\w+)`", named[1]) == [*PRODUCT]

    def test_exit_codes(self) -> None:
        rows = table(section(README, "Exit codes of the command"))

        assert {int(row["code"]): row["meaning"] for row in rows} == EXIT_CODES
