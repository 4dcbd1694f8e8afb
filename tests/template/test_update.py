"""Plain ``copier update`` brings a service to where a new one would be."""

from collections.abc import Callable
from pathlib import Path

import copier
import pytest

from tests.harness.compiling import copied_once
from tests.harness.renders import Answers, Renders
from tests.harness.repositories import commit_all, repository_of
from tests.harness.trees import contents, differences
from tests.harness.updates import update

pytestmark = pytest.mark.slow

Generate = Callable[[str, Answers], Path]


NAMED = {"project_name": "Order Service"}
"""A folder's own name would be proposed."""


@pytest.fixture
def template(renders: Renders, tmp_path: Path) -> Path:
    """A repository of the template, committed as it is today."""
    return repository_of(renders.template, tmp_path / "template")


@pytest.fixture
def generate(template: Path, tmp_path: Path) -> Generate:
    """Generate from the newest commit, and commit the result as its user would."""

    def run(name: str, answers: Answers) -> Path:
        with copied_once():
            copier.run_copy(
                str(template),
                tmp_path / name,
                data=dict(answers),
                vcs_ref="HEAD",
                defaults=True,
                quiet=True,
                settings=copier.Settings(),
            )
        commit_all(tmp_path / name, "Generated")
        return tmp_path / name

    return run


def test_update_converges_to_a_new_service(template: Path, generate: Generate) -> None:
    """A changed file, a new one, a removed one and a changed fragment all arrive."""
    service = generate("old", NAMED)
    base = template / "template/{{use.base}}"
    (base / "app/main.py").write_text((base / "app/main.py").read_text() + "\nANSWER = 42\n")
    (base / "NEW.md").write_text("New.\n")
    (base / ".editorconfig").unlink()
    with (base / ".feature/env").open("a") as env:
        env.write("# Another one.\nANOTHER=\n")
    commit_all(template, "The template moves on")

    update(service)

    assert differences(service, generate("new", NAMED)) == []
    assert (service / "NEW.md").exists()


@pytest.mark.parametrize(
    ("there", "back"),
    [
        ({"sample": "none"}, {"sample": "items"}),
        ({"ci": "none"}, {"ci": "github"}),
        ({"ci": "gitlab"}, {"ci": "github"}),
    ],
    ids=["sample", "ci", "ci-switched"],
)
def test_there_and_back(generate: Generate, there: dict[str, str], back: dict[str, str]) -> None:
    """Off, a feature is gone as if it had never been; on again, not a byte is different."""
    service = generate("service", NAMED)
    before = contents(service)

    update(service, **there)
    assert differences(service, generate("other", {**NAMED, **there}), *history(service)) == []

    update(service, **back)
    assert differences_from(before, service) == []


def history(service: Path) -> list[str]:
    """List the migrations, which belong to the user as soon as they exist."""
    return [path.relative_to(service).as_posix() for path in service.glob("migrations/versions/*")]


def differences_from(before: dict[str, tuple[int, bytes]], service: Path) -> list[str]:
    after = contents(service)
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))
