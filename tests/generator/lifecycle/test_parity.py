"""What `groundplan new` makes is what plain `copier copy` makes, and the developer's own `.env`."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
import yaml
from pytest_copie.plugin import Copie, Result

from generator.lifecycle.dotenv import OWN
from tests.generator.support import Invoke, spawn
from tests.harness.places import ANSWERS_FILE, ROOT
from tests.harness.renders import Renders
from tests.harness.repositories import commit_all, git, repository_of
from tests.harness.trees import contents, differences

COPIER = Path(sys.executable).with_name("copier")
SECRET = re.compile(r"(?<==)[0-9a-f]{48}$", re.MULTILINE)
OURS, THEIRS = "ours/my-service", "theirs/my-service"
"""The same folder twice: the name of a service follows from it."""

ANSWERS = [
    [],
    ["-d", "orm=none", "-d", "ci=none"],
    ["-d", "database=sqlite", "-d", "ci=gitlab", "-d", "project_name=Order Service"],
    ["-d", "sample=none", "-d", "author=Ann & Søren <us>", "-d", "python_version=3.11"],
]


def copier_copy(template: Path, destination: Path, *words: str) -> None:
    """Run plain Copier."""
    subprocess.run(
        [COPIER, "copy", "--quiet", "--defaults", *words, str(template), str(destination)],
        env=os.environ | {"COPIER_SETTINGS_PATH": os.devnull},
        stdin=subprocess.DEVNULL,
        check=True,
        capture_output=True,
    )


@pytest.mark.slow
class TestReal:
    @pytest.mark.parametrize("words", ANSWERS, ids=" ".join)
    def test_plain_folder(self, renders: Renders, place: Path, words: list[str]) -> None:
        copier_copy(renders.template, place / THEIRS, *words)

        outcome = spawn(
            *("new", OURS, "--defaults", "--no-git", *words, "--template", renders.template),
            cwd=place,
        )

        assert outcome.code == 0, outcome.err
        assert differences(place / OURS, place / THEIRS, OWN) == []

    def test_clean_checkout(self, renders: Renders, place: Path) -> None:
        checkout = repository_of(renders.template, place / "checkout")
        git(checkout, "tag", "v1.0.0")
        copier_copy(checkout, place / THEIRS)

        outcome = spawn("new", OURS, "--defaults", "--no-git", "--template", checkout, cwd=place)

        assert outcome.code == 0, outcome.err
        assert differences(place / OURS, place / THEIRS, OWN) == []

    def test_commit_after_a_release(self, renders: Renders, place: Path) -> None:
        """`git describe` names such a commit; Copier and we have to name it alike."""
        checkout = repository_of(renders.template, place / "checkout")
        git(checkout, "tag", "v1.0.0")
        commit_all(checkout, "more")
        copier_copy(checkout, place / THEIRS, "--vcs-ref", "HEAD")

        spawn("new", OURS, "--defaults", "--no-git", "--template", checkout, cwd=place)

        assert differences(place / OURS, place / THEIRS, OWN) == []

    def test_by_flags(self, renders: Renders, place: Path) -> None:
        copier_copy(renders.template, place / THEIRS, "-d", "orm=none", "-d", "ci=gitlab")

        spawn(
            *("new", OURS, "--no-git", "--orm", "none", "--ci=gitlab"),
            *("--template", renders.template),
            cwd=place,
        )

        assert differences(place / OURS, place / THEIRS, OWN) == []

    def test_own_settings(self, renders: Renders, place: Path) -> None:
        """`.env` is what `make setup` would write: but for the secrets, line by line."""
        copier_copy(renders.template, place / THEIRS)
        subprocess.run(["make", ".env"], cwd=place / THEIRS, check=True, capture_output=True)

        spawn("new", OURS, "--defaults", "--template", renders.template, cwd=place)

        ours, theirs = ((place / name / OWN).read_text() for name in (OURS, THEIRS))
        assert len(SECRET.findall(ours)) == len(SECRET.findall(theirs)) > 1
        assert SECRET.sub("", ours) == SECRET.sub("", theirs)
        assert {*SECRET.findall(ours)}.isdisjoint(SECRET.findall(theirs))
        assert git(place / OURS, "status", "--porcelain") == ""
        assert OWN not in git(place / OURS, "ls-files").split()

    def test_own_template(self, renders: Renders, place: Path) -> None:
        outcome = spawn("new", OURS, "--defaults", "--no-git", cwd=place)

        assert outcome.code == 0, outcome.err
        assert differences(place / OURS, renders.get({}), ANSWERS_FILE, OWN) == []
        recorded = yaml.safe_load((place / OURS / ANSWERS_FILE).read_text())
        assert recorded["_src_path"] == str(ROOT)


class TestToy:
    def test_copie(self, invoke: Invoke, copie: Copie, toy: Path, place: Path) -> None:
        copy = cast("Callable[..., Result]", copie.copy)  # pyright: ignore[reportUnknownMemberType]
        result = copy({"cache": True, "name": "lamp"}, template_dir=toy)
        assert (result.exit_code, result.exception) == (0, None)
        assert result.project_dir is not None

        assert invoke("new", OURS, "--defaults", "--no-git", "--cache", "--name=lamp").code == 0

        ours, theirs = place / OURS, result.project_dir
        assert differences(ours, theirs, ANSWERS_FILE) == []
        assert set(contents(ours)) == set(contents(theirs))
