"""`groundplan check`: what it says, to whom, and with which exit code."""

from pathlib import Path

import pytest

from tests.generator.check.conftest import Check
from tests.generator.support import Invoke
from tests.harness.places import ANSWERS_FILE
from tests.harness.renders import Renders
from tests.harness.variants import covering


def test_sound(check: Check, service: Path) -> None:
    checked = check(service, "--preset", "acme.yml")

    assert (checked.code, checked.errors) == (0, [])
    assert checked.said["preset", "ok"] == ["the answers keep to the preset acme 1.0"]
    assert {name for name, _ in checked.said} == {
        "answers",
        "preset",
        "template",
        "secrets",
        "probes",
    }


def test_text(invoke: Invoke, service: Path, renders: Renders) -> None:
    outcome = invoke("check", service, "--template", renders.template)

    assert outcome.code == 0
    assert outcome.out.splitlines()[-1] == "passed"


def test_strict(check: Check, service: Path) -> None:
    """A service without a recorded commit is a warning."""
    assert check(service).code == 0
    assert check(service, "--strict").code == 8


@pytest.mark.parametrize("answers", [each.answers for each in covering()[:6]], ids=str)
def test_every_service_passes(
    check: Check, place: Path, renders: Renders, answers: dict[str, str | bool]
) -> None:
    checked = check(renders.copy(answers, place / "service"))

    assert (checked.code, checked.errors) == (0, [])
    assert checked.said["preset", "ok"] == ["the service follows no preset"]


class TestPlace:
    def test_no_folder(self, invoke: Invoke, place: Path) -> None:
        outcome = invoke("check", place / "none")

        assert (outcome.code, "is no folder" in outcome.err) == (4, True)

    def test_no_service(self, invoke: Invoke, place: Path) -> None:
        outcome = invoke("check", place)

        assert (outcome.code, f"has no {ANSWERS_FILE}" in outcome.err) == (4, True)

    @pytest.mark.parametrize("text", ["a: [", "[a]", "", "x: !!python/name:os.system", "\x00"])
    def test_unreadable(self, invoke: Invoke, place: Path, text: str) -> None:
        (place / ANSWERS_FILE).write_text(text)

        outcome = invoke("check", place)

        assert outcome.code == 4
        assert ANSWERS_FILE in outcome.err

    def test_unsound_preset(self, invoke: Invoke, service: Path) -> None:
        assert invoke("check", service, "--preset", "none.yml").code == 7
