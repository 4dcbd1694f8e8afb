"""docs/adding-a-feature.md: whoever follows it has a feature that works and leaves no trace."""

import shutil
from difflib import ndiff
from pathlib import Path
from typing import Final

import pytest
import yaml

from tests.docs.markdown import FileBlock, file_blocks, titles
from tests.harness.commands import environment, run
from tests.harness.overlays import FEATURE_FOLDER
from tests.harness.places import ANSWERS_FILE, ROOT
from tests.harness.renders import Answers, Renders, render
from tests.harness.trees import contents, differences

DOCUMENT: Final = ROOT / "docs" / "adding-a-feature.md"
BLOCKS: Final = file_blocks(DOCUMENT.read_text())
OVERLAY: Final = Path("template/{{use.motd}}")
VARIANTS: Final[list[Answers]] = [{}, {"orm": "none"}]


def follow(template: Path) -> None:
    """Do what the document says."""
    for block in BLOCKS:
        path = template / block.path
        if block.language == "diff":
            path.write_text(changed(path.read_text(), block))
        else:
            assert not path.exists(), f"{block.path} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text)


def changed(text: str, block: FileBlock) -> str:
    """Insert the lines marked with ``+`` where the others are found."""
    lines = block.text.splitlines(keepends=True)
    assert all(line[0] in " +" for line in lines), f"{block.path}: a step only adds"
    before = "".join(line[1:] for line in lines if line[0] == " ")
    assert text.count(before) == 1, f"{block.path} does not have this once:\n{before}"
    return text.replace(before, "".join(line[1:] for line in lines))


@pytest.fixture(scope="module")
def extended(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the template and go through the steps."""
    template = tmp_path_factory.mktemp("extended") / "template"
    shutil.copytree(renders.template, template)
    follow(template)
    return template


class TestSteps:
    def test_they_are_five(self) -> None:
        numbers = [title.split(".")[0] for title in titles(DOCUMENT.read_text(), rank=2)]

        assert numbers == ["1", "2", "3", "4", "5"]

    def test_three_lines_of_the_questionnaire_are_new(
        self, renders: Renders, extended: Path
    ) -> None:
        after = (extended / "copier.yml").read_text().splitlines()
        diff = ndiff((renders.template / "copier.yml").read_text().splitlines(), after)
        changes = [line for line in diff if not line.startswith("  ")]

        assert len(changes) == 3
        assert all(line.startswith("+ ") for line in changes)

    def test_no_other_file_changes(self, renders: Renders, extended: Path) -> None:
        changes = differences(renders.template, extended, "copier.yml")

        assert changes == sorted(block.path for block in BLOCKS if block.language != "diff")
        assert not (renders.template / OVERLAY).exists()
        assert all(Path(change).is_relative_to(OVERLAY) for change in changes)


@pytest.mark.slow
class TestOff:
    @pytest.mark.parametrize("answers", VARIANTS, ids=str)
    def test_leaves_no_trace(
        self, renders: Renders, extended: Path, tmp_path: Path, answers: Answers
    ) -> None:
        """The service is the same as from a template that has never heard of the feature."""
        render(extended, tmp_path / "off/my-service", {**answers, "motd": False})

        assert differences(tmp_path / "off/my-service", renders.get(answers), ANSWERS_FILE) == []


@pytest.mark.slow
class TestOn:
    def test_everything_arrives(self, renders: Renders, extended: Path, tmp_path: Path) -> None:
        """The files of the overlay, and each fragment in the file that gathers it."""
        render(extended, tmp_path / "on/my-service", {"motd": True})
        made = {path: text.decode() for path, (_, text) in contents(tmp_path / "on/my-service").items()}
        leak = yaml.safe_load((extended / OVERLAY / FEATURE_FOLDER / "leak.yml").read_text())

        assert sorted(leak["paths"]) == sorted(made.keys() - contents(renders.get({})).keys())
        assert all(variable in made[".env.example"] for variable in leak["variables"])
        assert "## Message of the day" in made["README.md"]

    @pytest.mark.slow
    @pytest.mark.parametrize("answers", VARIANTS, ids=str)
    def test_the_service_passes_its_own_check(
        self, extended: Path, tmp_path: Path, answers: Answers
    ) -> None:
        """Lint, format, strict types, tests, and what else ``make check`` holds it to."""
        render(extended, tmp_path / "on/my-service", {**answers, "motd": True})

        said = run("make", "check", folder=tmp_path / "on/my-service", variables=environment())

        assert " passed" in said
        done = run(
            *(".venv/bin/pytest", "-q", "tests/api/v1/test_motd.py"),
            folder=tmp_path / "on/my-service",
            variables=environment(),
        )
        assert "2 passed" in done
