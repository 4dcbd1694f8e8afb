"""Plain ``copier copy`` makes the service: from a clone or a folder, clean or dirty, untrusted."""

import os
import re
import subprocess
import sys
from pathlib import Path

import copier
import pytest

from tests.harness.commands import LONGEST
from tests.harness.options import offered
from tests.harness.places import ANSWERS_FILE
from tests.harness.renders import Renders
from tests.harness.repositories import git, repository_of
from tests.harness.trees import differences

COPIER = Path(sys.executable).with_name("copier")
COMPUTED = [each.name for each in offered().questionnaire.questions if each.when is False]
README = Path("template/{{use.base}}/.feature/readme.md")


@pytest.fixture
def clone(renders: Renders, tmp_path: Path) -> Path:
    """A clone of the template's repository."""
    origin = repository_of(renders.template, tmp_path / "origin")
    git(tmp_path, "clone", "--quiet", str(origin), "clone")
    return tmp_path / "clone"


def copy(template: Path, destination: Path, *options: str) -> str:
    """Run the command as a user would, where nobody can answer a question."""
    done = subprocess.run(
        [COPIER, "copy", "--defaults", *options, str(template), str(destination)],
        env=os.environ | {"PYTHONWARNINGS": "default"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.slow
class TestSources:
    @pytest.mark.parametrize("answers", [{}, {"orm": "tortoise", "events": "true", "ci": "gitlab"}])
    def test_plain_folder(
        self, renders: Renders, tmp_path: Path, answers: dict[str, str]
    ) -> None:
        """The renders that all else looks at are what plain Copier makes."""
        data = [word for name, value in answers.items() for word in ("-d", f"{name}={value}")]
        copy(renders.template, tmp_path / "my-service", *data)

        assert differences(tmp_path / "my-service", renders.get(answers)) == []

    def test_what_it_prints(self, renders: Renders, tmp_path: Path) -> None:
        """An overlay is a folder that renders to the root: Copier would say of each that it is."""
        printed = copy(renders.template, tmp_path / "my-service")

        assert not re.search(r"identical\S*\s+\.\s*$", printed, re.MULTILINE)
        assert "comes along" not in printed

    def test_what_comes_along(self, renders: Renders, tmp_path: Path) -> None:
        printed = copy(renders.template, tmp_path / "my-service", "-d", "docker=false", "-d", "nginx=true")

        sentence = "docker comes along in spite of docker=false, because another answer needs it"
        assert f"{sentence}: docker=true is recorded." in printed
        assert "docker: true" in (tmp_path / "my-service" / ANSWERS_FILE).read_text()

    def test_clean_clone(self, renders: Renders, clone: Path, tmp_path: Path) -> None:
        copy(clone, tmp_path / "my-service")

        assert differences(tmp_path / "my-service", renders.get({}), ANSWERS_FILE) == []
        assert "_commit: " in (tmp_path / "my-service" / ANSWERS_FILE).read_text()

    def test_dirty_clone(self, clone: Path, tmp_path: Path) -> None:
        """What is not committed is copied as well: one sees at once what one changes."""
        (clone / README).write_text("An edit in progress.\n")

        copy(clone, tmp_path / "my-service", "--vcs-ref", "HEAD")

        assert "An edit in progress." in (tmp_path / "my-service/README.md").read_text()

    def test_dirty_clone_with_a_release(
        self, renders: Renders, clone: Path, tmp_path: Path
    ) -> None:
        """Without ``-r`` the newest release is copied, whatever state the clone is in."""
        git(clone, "tag", "v1.0.0")
        (clone / README).write_text("An edit in progress.\n")

        copy(clone, tmp_path / "my-service")

        assert differences(tmp_path / "my-service", renders.get({}), ANSWERS_FILE) == []
        assert "_commit: v1.0.0" in (tmp_path / "my-service" / ANSWERS_FILE).read_text()


@pytest.mark.parametrize("name", COMPUTED)
def test_computed_answers_are_refused(renders: Renders, tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="so it cannot be set"):
        copier.run_copy(
            str(renders.template),
            tmp_path / "my-service",
            data={name: "{}"},
            defaults=True,
            quiet=True,
            settings=copier.Settings(),
        )


def test_computed_answers_are_not_recorded(renders: Renders) -> None:
    recorded = (renders.get({}) / ANSWERS_FILE).read_text()

    assert "use:" not in recorded
    assert "switches:" not in recorded
    assert "features:" not in recorded
