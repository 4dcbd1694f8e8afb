"""`groundplan preset`, and `groundplan new --preset`."""

import json
from pathlib import Path
from typing import Final

import pytest
import yaml

from generator.lifecycle.dotenv import OWN
from tests.generator.presets.support import ACME, recorded, written
from tests.generator.support import Invoke, names, spawn
from tests.harness.options import offered
from tests.harness.places import ANSWERS_FILE, ROOT
from tests.harness.renders import Renders, render
from tests.harness.trees import differences

REFUSED: Final = (
    "database=postgresql is refused: the preset acme 1.0 locks database=sqlite: "
    "ask the platform team"
)


class TestList:
    def test_text(self, invoke: Invoke) -> None:
        outcome = invoke("preset", "list")

        assert outcome.code == 0
        assert "minimal  1  The smallest service worth running" in outcome.out.splitlines()

    def test_json(self, invoke: Invoke, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GROUNDPLAN_PRESETS", str(place))
        written(place)
        written(place, "name: [", "broken.yml")

        listed = json.loads(invoke("preset", "list", "--json").out)["presets"]

        assert {each["name"]: each["valid"] for each in listed} == {
            **dict.fromkeys(["acme", "full", "minimal", "standard"], True),
            "broken": False,
        }


class TestShow:
    def test_text(self, invoke: Invoke, place: Path) -> None:
        said = invoke("preset", "show", written(place)).out

        assert "acme 1.0: What our services have in common" in said
        assert "locks     database=sqlite" in said
        assert "proposes  ci=gitlab" in said

    def test_json(self, invoke: Invoke, place: Path) -> None:
        shown = json.loads(invoke("preset", "show", written(place), "--json").out)

        assert shown == yaml.safe_load(ACME)

    @pytest.mark.slow
    def test_data_is_for_copier(
        self, invoke: Invoke, place: Path, tmp_path: Path, renders: Renders
    ) -> None:
        data = yaml.safe_load(invoke("preset", "show", written(place), "--data").out)

        render(renders.template, tmp_path / "theirs/my-service", data)

        assert recorded(tmp_path / "theirs/my-service")["database"] == "sqlite"
        assert new(invoke, renders, "--preset", "acme.yml") == (0, "")
        assert differences(place / "my-service", tmp_path / "theirs/my-service", OWN) == []

    def test_unsound(self, invoke: Invoke, place: Path) -> None:
        path = written(place, ACME.replace("sqlite", "oracle"))

        outcome = invoke("preset", "show", path)

        assert outcome.code == 7
        assert f"{path}, line 8: database=oracle is not possible" in outcome.err


class TestValidate:
    def test_sound(self, invoke: Invoke, place: Path) -> None:
        assert invoke("preset", "validate", written(place)).code == 0

    def test_unsound(self, invoke: Invoke, place: Path) -> None:
        path = written(place, ACME.replace("sqlite", "oracle") + "  colour: red\n")

        outcome = invoke("preset", "validate", path)

        assert outcome.code == 7
        assert [line.split(": ")[0] for line in outcome.out.splitlines()] == [
            f"{path}:8",
            f"{path}:9",
        ]

    def test_json(self, invoke: Invoke, place: Path) -> None:
        outcome = invoke("preset", "validate", written(place, "name: 1"), "--json")

        said = json.loads(outcome.out)
        assert (outcome.code, said["valid"]) == (7, False)
        assert said["problems"][0] == {
            "line": 1,
            "text": "name: this has to be text: put it in quotes",
        }


class TestInit:
    @pytest.mark.parametrize("name", ["acme.yml", "Our Company 2.yaml", "2.yml", "é.yml", "x" * 70])
    def test_is_sound(self, invoke: Invoke, name: str) -> None:
        assert invoke("preset", "init", name).code == 0

        assert invoke("preset", "validate", f"./{name}").code == 0

    def test_lists_every_question(self, invoke: Invoke, place: Path) -> None:
        invoke("preset", "init", "acme.yml")

        text = (place / "acme.yml").read_text()
        assert all(f"#   {each.name}: " in text for each in offered().questionnaire.asked)

    def test_overwrites_nothing(self, invoke: Invoke, place: Path) -> None:
        path = written(place)

        outcome = invoke("preset", "init", path)

        assert (outcome.code, path.read_text()) == (4, ACME)

    def test_no_folder(self, invoke: Invoke) -> None:
        outcome = invoke("preset", "init", "none/acme.yml")

        assert outcome.code == 5
        assert "none/acme.yml" in outcome.err


class TestNew:
    def test_same_as_the_answers(self, invoke: Invoke, place: Path, renders: Renders) -> None:
        """All that a preset leaves in a service is its line in the answers file."""
        outcome = new(invoke, renders, "--preset", str(written(place)))

        assert outcome == (0, "")
        answers = {"database": "sqlite", "ci": "gitlab"}
        assert differences(place / "my-service", renders.get(answers), ANSWERS_FILE, OWN) == []
        expected = recorded(renders.get(answers))
        preset = {key: value for key, value in yaml.safe_load(ACME).items() if key != "description"}
        assert recorded(place / "my-service") == {**expected, "preset": preset}

    def test_locked_flag(self, invoke: Invoke, place: Path, renders: Renders) -> None:
        words = ("--preset", str(written(place)), "--database", "postgresql")

        assert new(invoke, renders, *words) == (3, f"error: {REFUSED}\n")
        assert names(place) == ["acme.yml"]

    def test_locked_pair(self, invoke: Invoke, place: Path, renders: Renders) -> None:
        words = ("--preset", str(written(place)), "-d", "database=postgresql")

        assert new(invoke, renders, *words) == (3, f"error: {REFUSED}\n")

    def test_lock_itself(self, invoke: Invoke, place: Path, renders: Renders) -> None:
        assert new(invoke, renders, "--preset", str(written(place)), "--database", "sqlite")[0] == 0

    def test_text_of_any_language(self, invoke: Invoke, place: Path, renders: Renders) -> None:
        """Jinja hands a lock on as JSON, which writes an emoji as two halves."""
        texts = {"lock": {"description": "Lámpák 📦"}, "defaults": {"author": "組 🚀"}}
        preset = {"name": "acme", "version": "1", "description": "Ours.", **texts}
        (place / "texts.yml").write_text(yaml.safe_dump(preset), encoding="utf-8")

        assert new(invoke, renders, "--preset", "texts.yml") == (0, "")
        found = recorded(place / "my-service")
        assert (found["description"], found["author"]) == ("Lámpák 📦", "組 🚀")

    def test_proposal(self, invoke: Invoke, place: Path, renders: Renders) -> None:
        assert new(invoke, renders, "--preset", str(written(place)), "--ci", "none")[0] == 0
        assert recorded(place / "my-service")["ci"] == "none"

    def test_preset_as_an_answer(self, invoke: Invoke, place: Path, renders: Renders) -> None:
        words = ("-d", "preset={name: other, version: 1, lock: {}, defaults: {}}")

        code, said = new(invoke, renders, "--preset", str(written(place)), *words)

        assert (code, "name the preset with --preset" in said) == (3, True)

    def test_environment_does_not_answer(self, place: Path, renders: Renders) -> None:
        """Neither a variable nor Copier's settings file gets past a lock, or into the answers."""
        settings = place / "settings.yml"
        settings.write_text("defaults: {database: postgresql, ci: none, locked: {}, preset: {}}\n")
        variables = dict.fromkeys(
            ["DATABASE", "GROUNDPLAN_DATABASE", "ANSWER_DATABASE"], "postgresql"
        )

        outcome = spawn(
            *("new", "my-service", "--defaults", "--no-git", "--template", renders.template),
            *("--preset", written(place)),
            cwd=place,
            COPIER_SETTINGS_PATH=str(settings),
            **variables,
        )

        assert outcome.code == 0, outcome.err
        assert recorded(place / "my-service")["database"] == "sqlite"
        assert recorded(place / "my-service")["ci"] == "gitlab"

    def test_unsound(self, invoke: Invoke, place: Path, renders: Renders) -> None:
        code, said = new(invoke, renders, "--preset", str(written(place, "name: acme")))

        assert (code, "acme.yml, line 1: version: it is missing" in said) == (7, True)
        assert names(place) == ["acme.yml"]

    def test_plan(self, invoke: Invoke, place: Path, renders: Renders) -> None:
        outcome = invoke(
            *("new", "my-service", "--defaults", "--dry-run", "--preset", written(place)),
            *("--template", renders.template),
        )

        assert "It follows the preset acme 1.0, locks database." in outcome.out


@pytest.mark.parametrize("name", ["minimal", "standard", "full"])
def test_built_in(invoke: Invoke, place: Path, renders: Renders, name: str) -> None:
    preset = yaml.safe_load((ROOT / f"generator/presets/builtin/{name}.yml").read_text())

    assert new(invoke, renders, "--preset", name) == (0, "")

    plain = renders.get(preset.get("defaults", {}))
    assert differences(place / "my-service", plain, ANSWERS_FILE, OWN) == []


def new(invoke: Invoke, renders: Renders, *words: str) -> tuple[int, str]:
    """Make a service of the real template, and give what was said but the progress."""
    outcome = invoke(
        *("new", "my-service", "--defaults", "--no-git", "--template", renders.template, *words)
    )
    said = outcome.err.splitlines(keepends=True)
    return outcome.code, "".join(line for line in said if not line.endswith(" ...\n"))
