"""`groundplan preset apply`: a newer preset gets its way, and says what it changed."""

import json
from pathlib import Path

import pytest

from generator.lifecycle.dotenv import OWN
from tests.generator.presets.support import ACME, recorded, written
from tests.generator.support import Invoke, Outcome, run_here, spawn
from tests.harness.places import ANSWERS_FILE
from tests.harness.renders import Renders
from tests.harness.repositories import commit_all, git, repository_of
from tests.harness.trees import contents, differences

pytestmark = pytest.mark.slow

NEWER = """\
name: acme
version: "2.0"
description: What our services have in common
message: ask the platform team
defaults:
  database: postgresql
lock:
  ci: none
"""


@pytest.fixture(scope="module")
def template(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of the template, to be left as it is."""
    return repository_of(renders.template, tmp_path_factory.mktemp("repository") / "template")


@pytest.fixture
def service(place: Path, template: Path) -> Path:
    """A service of the preset acme 1.0, committed."""
    written(place)
    made = run_here(
        *("new", "service", "--defaults", "--no-git", "--preset", "acme.yml"),
        *("--template", template),
        cwd=place,
    )
    assert made.code == 0, made.err
    commit_all(place / "service", "Made")
    return place / "service"


def apply(place: Path, preset: str, *words: str) -> Outcome:
    return run_here("preset", "apply", preset, "service", *words, cwd=place)


class TestNewer:
    def test_is_applied_and_told(self, place: Path, service: Path) -> None:
        written(place, NEWER)

        outcome = spawn("preset", "apply", "acme.yml", "service", cwd=place)

        assert outcome.code == 0, outcome.err
        told = [line.strip() for line in outcome.out.splitlines()]
        assert told[0] == "preset: acme 1.0 -> acme 2.0"
        assert told[1:4] == [
            "lock    ci: open -> none",
            "lock    database: sqlite -> open",
            "answer  ci: gitlab -> none",
        ]
        assert recorded(service)["ci"] == "none"
        assert recorded(service)["database"] == "sqlite"  # it was open to choice, and chosen
        assert not (service / ".gitlab-ci.yml").exists()

    def test_equals_a_new_service(self, place: Path, service: Path, template: Path) -> None:
        written(place, NEWER)
        apply(place, "acme.yml")

        run_here(
            *("new", "other", "--defaults", "--no-git", "--preset", "acme.yml"),
            *("--database", "sqlite", "--template", template),
            *("--project-name", str(recorded(service)["project_name"])),
            cwd=place,
        )

        assert differences(service, place / "other", OWN) == []

    def test_json(self, place: Path, service: Path) -> None:
        written(place, NEWER)

        told = json.loads(apply(place, "acme.yml", "--json").out)

        assert service.exists()
        assert told["answers"] == [{"name": "ci", "before": "gitlab", "now": "none"}]
        assert ".gitlab-ci.yml" in told["files"]
        assert told["conflicts"] == []

    def test_conflict_is_told(self, place: Path, service: Path) -> None:
        readme = service / "README.md"
        readme.write_text(readme.read_text().replace("GitLab", "Our own GitLab"))
        commit_all(service, "Ours")
        written(place, NEWER.replace("ci: none", "ci: github"))

        outcome = apply(place, "acme.yml")

        assert "conflict in README.md: both versions stand in it" in outcome.out


class TestRefused:
    @pytest.mark.parametrize(
        ("text", "said"),
        [
            (ACME.replace("acme", "other"), "follows the preset acme 1.0, not other: --replace"),
            (ACME.replace("1.0", "0.9"), "is newer than 0.9: --replace goes back"),
        ],
    )
    def test_other_and_older(self, place: Path, service: Path, text: str, said: str) -> None:
        before = contents(service)
        written(place, text, "next.yml")

        outcome = apply(place, "next.yml")

        assert (outcome.code, said in outcome.err) == (7, True)
        assert contents(service) == before
        assert apply(place, "next.yml", "--replace").code == 0

    def test_unsaved(self, place: Path, service: Path) -> None:
        (service / "new.txt").write_text("mine")

        outcome = apply(place, "acme.yml")

        assert (outcome.code, "not committed" in outcome.err) == (4, True)
        assert (service / "new.txt").read_text() == "mine"

    def test_no_repository(self, place: Path, service: Path) -> None:
        (service / ".git").rename(place / "elsewhere")

        assert apply(place, "acme.yml").code == 4

    def test_impossible_with_the_other_answers(self, place: Path, service: Path) -> None:
        """What Copier refuses leaves the service as it was."""
        file = service / ANSWERS_FILE
        file.write_text(file.read_text().replace("\ndatabase: sqlite", "\ndatabase: postgresql"))
        commit_all(service, "Have it our way")
        written(place, NEWER)

        outcome = apply(place, "acme.yml")

        assert outcome.code == 3
        assert "the preset acme 1.0 locks database=sqlite" in outcome.err
        assert git(service, "status", "--porcelain") == ""


class TestLostTemplate:
    def test_folder(self, place: Path, service: Path, template: Path) -> None:
        gone = template.with_name("gone")
        file = service / ANSWERS_FILE
        file.write_text(file.read_text().replace(str(template), str(gone)))
        commit_all(service, "Moved")

        outcome = apply(place, "acme.yml")

        assert (outcome.code, f"{gone}, is not there" in outcome.err) == (6, True)
        assert git(service, "status", "--porcelain") == ""

    def test_address(self, place: Path, service: Path, template: Path) -> None:
        file = service / ANSWERS_FILE
        file.write_text(file.read_text().replace(str(template), f"git+file://{template}-gone"))
        commit_all(service, "Moved")

        outcome = apply(place, "acme.yml")

        assert (outcome.code, "cannot be fetched, because git says" in outcome.err) == (6, True)
        assert git(service, "status", "--porcelain") == ""


def test_first_preset(place: Path, template: Path) -> None:
    run_here("new", "service", "--defaults", "--no-git", "--template", template, cwd=place)
    commit_all(place / "service", "Made")
    written(place)

    outcome = apply(place, "acme.yml")

    assert outcome.out.splitlines()[0] == "preset: none -> acme 1.0"
    assert recorded(place / "service")["database"] == "sqlite"


def test_template_without_presets(invoke: Invoke, place: Path, toy: Path) -> None:
    """Copier takes unknown data without a word; that is noticed, and taken back."""
    template = repository_of(toy, place / "toy")
    invoke("new", "service", "--defaults", "--no-git", "--template", template)
    commit_all(place / "service", "Made")
    before = contents(place / "service")
    written(place)

    outcome = apply(place, "acme.yml")

    assert (outcome.code, "knows no presets" in outcome.err) == (7, True)
    assert contents(place / "service") == before
