"""Whether the template has moved on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.generator.check.conftest import Check
from tests.harness.places import ANSWERS_FILE
from tests.harness.renders import Renders
from tests.harness.repositories import commit_all, git, repository_of

Made = Callable[[str], Path]


@pytest.fixture
def template(place: Path, toy: Path) -> Path:
    return repository_of(toy, place / "template")


@pytest.fixture
def made_from(place: Path, renders: Renders, template: Path) -> Made:
    """Make a service that records a commit."""

    def make(commit: str) -> Path:
        service = renders.copy({}, place / "service")
        text = f'_src_path: {template}\n_commit: "{commit}"\n'
        file = service / ANSWERS_FILE
        kept = (line for line in file.read_text().splitlines() if not line.startswith("_"))
        file.write_text(text + "\n".join(kept))
        return service

    return make


def level(check: Check, service: Path, *words: str) -> str:
    return next(level for name, level in check(service, *words).said if name == "template")


class TestReleases:
    @pytest.fixture(autouse=True)
    def released(self, template: Path) -> None:
        git(template, "tag", "v1.0.0")
        commit_all(template, "More")
        git(template, "tag", "--annotate", "--message", "More", "v1.1.0")

    @pytest.mark.parametrize("commit", ["v1.1.0", "v1.1.0-2-gabcdef0"])
    def test_newest(self, check: Check, made_from: Made, commit: str) -> None:
        assert level(check, made_from(commit)) == "ok"

    @pytest.mark.parametrize("commit", ["v1.0.0", "v1.0.0-7-gabcdef0", "abcdef0"])
    def test_behind(self, check: Check, made_from: Made, commit: str) -> None:
        checked = check(made_from(commit))

        assert checked.said["template", "warning"] == [
            f"made from {commit}, and there is v1.1.0: `copier update` brings it"
        ]

    def test_its_commit(self, check: Check, made_from: Made, template: Path) -> None:
        assert (
            level(check, made_from(git(template, "rev-parse", "--short", "HEAD").strip())) == "ok"
        )

    def test_offline(self, check: Check, made_from: Made) -> None:
        assert level(check, made_from("v1.0.0"), "--offline") == "skipped"


class TestCommits:
    def test_newest(self, check: Check, made_from: Made, template: Path) -> None:
        assert (
            level(check, made_from(git(template, "rev-parse", "--short", "HEAD").strip())) == "ok"
        )

    def test_behind(self, check: Check, made_from: Made, template: Path) -> None:
        service = made_from(git(template, "rev-parse", "--short", "HEAD").strip())
        commit_all(template, "More")

        assert level(check, service) == "warning"


def test_unreachable(check: Check, made_from: Made, template: Path) -> None:
    service = made_from("v1.0.0")
    template.rename(template.with_name("gone"))

    assert level(check, service) == "skipped"


@pytest.mark.parametrize("source", ["--upload-pack=touch pwned", "ext::sh -c touch% pwned"])
def test_source_is_never_run(check: Check, place: Path, renders: Renders, source: str) -> None:
    """The answers file may come from anyone."""
    service = renders.copy({}, place / "service")
    (service / ANSWERS_FILE).write_text(f'_src_path: "{source}"\n_commit: v1\n')

    assert level(check, service) == "skipped"
    assert not [*place.rglob("pwned")]
