"""What a user has added on the second day survives what the template brings on the third."""

from collections.abc import Callable
from pathlib import Path

import copier
import pytest

from tests.harness.compiling import compiled_once
from tests.harness.renders import Answers, Renders
from tests.harness.repositories import commit_all, repository_of
from tests.harness.second_day import CHANGES, Edit, Outcome, edits, outcome
from tests.harness.updates import update

pytestmark = pytest.mark.slow

Service = tuple[Path, str]


@pytest.fixture(scope="session")
def template(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of the template, committed as it is today."""
    return repository_of(renders.template, tmp_path_factory.mktemp("second_day") / "template")


@pytest.fixture
def generate(template: Path, tmp_path: Path) -> Callable[[Answers], Service]:
    """Generate a service, and commit it as its user would."""

    def run(answers: Answers) -> Service:
        service = tmp_path / "service"
        with compiled_once():
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


@pytest.mark.parametrize("edit", edits(), ids=lambda edit: edit.name)
def test_survives(edit: Edit, generate: Callable[[Answers], Service]) -> None:
    before, after = CHANGES[edit.change]
    service, generated = generate(before)
    edit.apply(service)
    edited = commit_all(service, edit.name)

    update(service, **after)

    assert outcome(service, generated, edited) == Outcome(conflicts=0, lost=[])
