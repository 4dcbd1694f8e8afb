"""What goes around a preset is refused by Copier (tests/template/test_locks.py), or found here."""

from pathlib import Path

import pytest
import yaml

from tests.generator.check.conftest import Check
from tests.generator.presets.support import ACME, written
from tests.harness.places import ANSWERS_FILE
from tests.harness.renders import Renders

BROKEN = "the answers file has database=postgresql, but the preset locks database=sqlite"


def edit(service: Path, old: str, new: str) -> None:
    """Change the answers file by hand."""
    file = service / ANSWERS_FILE
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_edited_answer(check: Check, service: Path) -> None:
    edit(service, "\ndatabase: sqlite", "\ndatabase: postgresql")

    checked = check(service)

    assert (checked.code, checked.errors) == (8, [BROKEN])


class TestLiftedLock:
    """Whoever edits the answer and the lock is found by whoever knows the preset."""

    @pytest.fixture(autouse=True)
    def lifted(self, service: Path) -> None:
        edit(service, "\ndatabase: sqlite", "\ndatabase: postgresql")
        edit(service, "        database: sqlite", "        ci: gitlab")

    def test_with_the_preset(self, check: Check, service: Path) -> None:
        checked = check(service, "--preset", "acme.yml")

        said = "what the service records of the preset acme 1.0 is not what that preset says"
        assert (checked.code, checked.errors) == (8, [said, BROKEN])

    def test_with_its_directory(
        self, check: Check, service: Path, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GROUNDPLAN_PRESETS", str(place))

        assert BROKEN in check(service).errors

    def test_with_neither(self, check: Check, service: Path) -> None:
        """This is the limit, and it is said."""
        checked = check(service)

        assert checked.code == 0
        assert "is not at hand" in checked.said["preset", "skipped"][0]


def test_removed_preset(check: Check, service: Path) -> None:
    file = service / ANSWERS_FILE
    answers = yaml.safe_load(file.read_text())
    del answers["preset"]
    file.write_text(yaml.safe_dump(answers | {"database": "postgresql"}))

    checked = check(service, "--preset", "acme.yml")

    demanded = "the service follows no preset, but the preset acme 1.0 is demanded"
    assert (checked.code, checked.errors) == (8, [demanded, BROKEN])


def test_second_preset(check: Check, service: Path, place: Path) -> None:
    written(place, ACME.replace("acme", "other"), "other.yml")

    checked = check(service, "--preset", "other.yml")

    followed = "the service follows the preset acme 1.0, but the preset other 1.0 is demanded"
    assert (checked.code, checked.errors) == (8, [followed])


def test_name_in_the_environment(
    check: Check, service: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A directory with a laxer preset of the same name lifts nothing."""
    folder = place / "lax"
    folder.mkdir()
    written(folder, ACME.replace("lock:\n  database: sqlite\n", ""))
    monkeypatch.setenv("GROUNDPLAN_PRESETS", str(folder))
    edit(service, "\ndatabase: sqlite", "\ndatabase: postgresql")

    assert BROKEN in check(service).errors
    assert check(service, "--preset", "acme.yml").code == 8


class TestVersions:
    def test_newer_that_agrees(self, check: Check, service: Path, place: Path) -> None:
        written(place, ACME.replace("1.0", "1.1"))

        checked = check(service, "--preset", "acme.yml")

        said = "the service follows the preset acme 1.0, and there is the preset acme 1.1"
        assert (checked.code, checked.errors) == (0, [])
        assert checked.said["preset", "warning"][0].startswith(said)
        assert check(service, "--preset", "acme.yml", "--strict").code == 8

    def test_newer_with_another_lock(self, check: Check, service: Path, place: Path) -> None:
        """Who starts from an older version is held against the one that is demanded."""
        written(place, ACME.replace("1.0", "2.0").replace("sqlite", "postgresql"))

        checked = check(service, "--preset", "acme.yml")

        broken = "the answers file has database=sqlite, but the preset locks database=postgresql"
        assert (checked.code, checked.errors) == (8, [broken])


@pytest.mark.parametrize("text", ["acme", "[acme]", "{name: 1, version: 2, lock: 3, defaults: 4}"])
def test_recorded_nonsense(check: Check, service: Path, text: str) -> None:
    file = service / ANSWERS_FILE
    answers = yaml.safe_load(file.read_text())
    file.write_text(yaml.safe_dump(answers | {"preset": yaml.safe_load(text)}))

    assert check(service, "--preset", "acme.yml").code == 8


def test_answers_that_do_not_fit(check: Check, place: Path, renders: Renders) -> None:
    service = renders.copy({}, place / "service")
    edit(service, "\nci: github", "\nci: jenkins")

    checked = check(service)

    assert checked.code == 8
    assert "ci=jenkins is not possible" in checked.errors[0]
