"""What a user has added on the second day survives what the template brings on the third."""

from collections.abc import Callable
from pathlib import Path

import copier
import pytest

from tests.harness.compiling import copied_once
from tests.harness.renders import Answers, Renders
from tests.harness.repositories import commit_all, repository_of
from tests.harness.second_day import CHANGES, Outcome, edits, outcome
from tests.harness.updates import update

pytestmark = pytest.mark.slow

Service = tuple[Path, str]
Generate = Callable[[Answers], Service]


@pytest.fixture
def template(renders: Renders, tmp_path: Path) -> Path:
    """A repository of the template, committed as it is today."""
    return repository_of(renders.template, tmp_path / "template")


@pytest.fixture
def generate(template: Path, tmp_path: Path) -> Generate:
    """Generate a service, and commit it as its user would."""

    def run(answers: Answers) -> Service:
        service = tmp_path / "my-service"
        with copied_once():
            copier.run_copy(
                str(template),
                service,
                data=dict(answers),
                vcs_ref="HEAD",
                defaults=True,
                quiet=True,
                settings=copier.Settings(),
            )
        return service, commit_all(service, "Generated")

    return run


def test_there_are_enough() -> None:
    assert len(edits()) >= 20
    assert {edit.change for edit in edits()} == set(CHANGES)


@pytest.mark.parametrize("change", CHANGES)
def test_edits_survive(change: str, generate: Generate) -> None:
    """All at once; docs/adr/0017 has what each alone met before there were places for them."""
    before, after = CHANGES[change]
    service, generated = generate(before)
    for edit in (each for each in edits() if each.change == change):
        edit.apply(service)
    edited = commit_all(service, "A second day")

    update(service, **after)

    assert outcome(service, generated, edited) == Outcome(conflicts=0, lost=[])


def test_places_are_made_once(template: Path, generate: Generate) -> None:
    """Not even a template that changes them does so in a service; one that comes later is there."""
    service, _ = generate({"auth": "none", "kubernetes": False})
    place = service / "app/config/own.py"
    place.write_text("MINE = 1\n")
    commit_all(service, "Mine")
    source = template / "template/{{use.base}}/app/config/own.py"
    source.write_text(f"{source.read_text()}\nTHEIRS = 1\n")
    commit_all(template, "The template moves on")

    update(service, auth="jwt", kubernetes=True)

    assert place.read_text() == "MINE = 1\n"
    assert (service / "tests/api/own.py").exists()
    assert (service / "deploy/kubernetes/overlays/production/own/kustomization.yaml").exists()
