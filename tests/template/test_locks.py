"""What a preset locks holds under plain Copier: at the first copy, at each update, for every question.

A question can be locked when it takes its default from ``pinned``, asks only where it is not in
``locked``, and refuses by ``refusals``: the questions of docs/adding-a-feature.md show the lines.
"""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest
import yaml

from generator.engine.values import Document
from tests.harness.commands import LONGEST
from tests.harness.options import offered
from tests.harness.places import ANSWERS_FILE
from tests.harness.questioning import (
    PRESET,
    another_value,
    answered,
    circumstances,
    locking,
    questions_of,
    todays_questions,
    unneeded,
)
from tests.harness.renders import Renders
from tests.harness.repositories import commit_all, repository_of
from tests.harness.trees import contents
from tests.harness.updates import update

COPIER: Final = Path(sys.executable).with_name("copier")
NAMES: Final = [question.name for question in offered().questionnaire.asked]
DEFAULTS: Final = offered().evaluator.complete({}).values


@pytest.fixture(scope="session")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template of today's questions."""
    return questions_of(todays_questions(), tmp_path_factory.mktemp("questions") / "template")


@pytest.mark.parametrize("name", NAMES)
class TestEveryQuestion:
    def test_lock_is_the_answer(self, questions: Path, tmp_path: Path, name: str) -> None:
        value = another_value(name)
        more = circumstances(name, value)

        recorded = answered(questions, tmp_path / "s", {**more, "preset": locking({name: value})})

        assert recorded[name] == value
        assert recorded["preset"] == locking({name: value})

    def test_proposal_is_the_default(self, questions: Path, tmp_path: Path, name: str) -> None:
        value = another_value(name)
        proposing = {**PRESET, "defaults": {name: value}}
        data = {**circumstances(name, value), "preset": proposing}

        assert answered(questions, tmp_path / "s", data)[name] == value
        chosen = answered(questions, tmp_path / "t", {**data, name: DEFAULTS[name]})
        assert chosen[name] == DEFAULTS[name]

    def test_given_answer_is_refused(self, questions: Path, tmp_path: Path, name: str) -> None:
        value = another_value(name)
        preset = locking({name: value}, message="ask the platform team")
        data = {**circumstances(name, value), "preset": preset, name: DEFAULTS[name]}

        with pytest.raises(ValueError, match=f"acme 1.0 locks {name}=.*: ask the platform team"):
            answered(questions, tmp_path / "s", data)

    def test_given_lock_is_taken(self, questions: Path, tmp_path: Path, name: str) -> None:
        value = another_value(name)
        data = {**circumstances(name, value), "preset": locking({name: value}), name: value}

        assert answered(questions, tmp_path / "s", data)[name] == value

    def test_settings_file_is_refused(self, questions: Path, tmp_path: Path, name: str) -> None:
        value = another_value(name)
        data = {**circumstances(name, value), "preset": locking({name: value})}

        with pytest.raises(ValueError, match=f"acme 1.0 locks {name}="):
            answered(questions, tmp_path / "s", data, **{name: DEFAULTS[name]})

    def test_earlier_answer_gives_way(self, questions: Path, tmp_path: Path, name: str) -> None:
        """A service that had chosen otherwise gets the lock of the preset that it is given."""
        value = another_value(name)
        more = {**circumstances(name, value), **unneeded(name)}
        answered(questions, tmp_path / "s", {**more, name: DEFAULTS[name]})

        recorded = answered(questions, tmp_path / "s", {**more, "preset": locking({name: value})})

        assert recorded[name] == value


class TestPreset:
    def test_nothing_is_seen_without_one(self, questions: Path, tmp_path: Path) -> None:
        recorded = answered(questions, tmp_path / "s", {})

        assert set(recorded) - {"_src_path"} == set(offered().evaluator.complete({}).open)

    def test_nothing_locked_is_asked(self, questions: Path, tmp_path: Path) -> None:
        """All is locked, nobody is there to answer, and no default is asked for."""
        preset = locking({name: DEFAULTS[name] for name in NAMES})

        done = copy(questions, tmp_path / "s", "--data-file", written({"preset": preset}, tmp_path))

        assert done.returncode == 0, done.stderr
        assert yaml.safe_load((tmp_path / "s" / ANSWERS_FILE).read_text())["preset"] == preset

    def test_what_is_open_is_asked(self, questions: Path, tmp_path: Path) -> None:
        preset = locking({name: DEFAULTS[name] for name in NAMES[1:]})

        done = copy(questions, tmp_path / "s", "--data-file", written({"preset": preset}, tmp_path))

        assert done.returncode != 0
        assert "Interactive session required" in done.stderr

    @pytest.mark.parametrize("preset", ["acme", ["acme"], {"name": "acme"}, {**PRESET, "lock": 1}])
    def test_is_well_formed(self, questions: Path, tmp_path: Path, preset: object) -> None:
        with pytest.raises(ValueError, match=r"a preset has a name, a version"):
            answered(questions, tmp_path / "s", {"preset": preset})

    def test_text_is_never_an_expression(self, questions: Path, tmp_path: Path) -> None:
        """A preset is data: what looks like Jinja or YAML in it stays a text."""
        text = "L'Été {{ 6 * 7 }} {% raw %}: #1 \U0001f4e6"
        preset = locking({"project_name": text}, defaults={"author": text})

        recorded = answered(questions, tmp_path / "s", {"preset": preset})

        assert (recorded["project_name"], recorded["author"]) == (text, text)


@pytest.fixture
def needy(tmp_path: Path) -> Path:
    """Today's questions and two toggles, of which one implies the other."""
    documents = todays_questions()
    toggle: Document = {"type": "bool", "default": "{{ pinned.NAME | default(true) }}"}
    toggle["ask"] = "{{ 'NAME' not in locked }}"
    toggle["validator"] = "{% if NAME != locked.NAME | default(NAME) %}{{ refusals.NAME }}{% endif %}"
    switches = documents["switches"]
    assert isinstance(switches, dict)
    switches["default"] = f"{switches['default']}\nengine: {{{{ engine or gears }}}}\n"
    first, rest = list(documents.items())[:-4], list(documents.items())[-4:]
    added: Document = {
        name: {key: str(text).replace("NAME", name) for key, text in toggle.items()}
        for name in ("engine", "gears")
    }
    return questions_of({**dict(first), **added, **dict(rest)}, tmp_path / "needy")


class TestImplications:
    def test_locked_off_but_needed(self, needy: Path, tmp_path: Path) -> None:
        refused = r"acme 1.0 locks engine=false, but another answer needs engine"
        with pytest.raises(ValueError, match=refused):
            answered(needy, tmp_path / "s", {"preset": locking({"engine": False})})

    def test_locked_off_and_not_needed(self, needy: Path, tmp_path: Path) -> None:
        data = {"preset": locking({"engine": False}), "gears": False}

        assert answered(needy, tmp_path / "s", data)["engine"] is False

    def test_locked_on(self, needy: Path, tmp_path: Path) -> None:
        assert answered(needy, tmp_path / "s", {"preset": locking({"engine": True})})["engine"]


@pytest.mark.parametrize(
    "name", [each.name for each in offered().questionnaire.questions if each.when is False]
)
def test_settings_cannot_lift_a_lock(questions: Path, tmp_path: Path, name: str) -> None:
    """Copier lets a settings file set what a template computes, and does not validate it."""
    data = {"preset": locking({"ci": "gitlab"})}
    computed = offered().evaluator.complete({"ci": "github"}).values[name]
    lifting: Document = {name: computed}

    refused = f"{name} is computed, so Copier's settings file cannot|acme 1.0 locks ci=gitlab"
    with pytest.raises(ValueError, match=refused):
        answered(questions, tmp_path / "s", data, **lifting)


@pytest.mark.slow
class TestUpdate:
    """From a repository, as services are updated."""

    @pytest.fixture
    def template(self, renders: Renders, tmp_path: Path) -> Path:
        return repository_of(renders.template, tmp_path / "template")

    @pytest.fixture
    def service(self, template: Path, tmp_path: Path) -> Path:
        folder = tmp_path / "service"
        preset = locking({"database": "sqlite"}, defaults={"ci": "gitlab"})
        done = copy(template, folder, "--defaults", "-d", f"preset={yaml.safe_dump(preset)}")
        assert done.returncode == 0, done.stderr
        commit_all(folder, "Generated")
        return folder

    def test_locks_stay(self, template: Path, service: Path) -> None:
        commit_all(template, "The template moves on")
        before = recorded(service)

        update(service)

        after = recorded(service)
        assert after.pop("_commit") != before.pop("_commit")
        assert after == before
        assert (after["database"], after["ci"]) == ("sqlite", "gitlab")

    def test_given_answer_is_refused(self, service: Path) -> None:
        before = contents(service)

        with pytest.raises(ValueError, match="acme 1.0 locks database=sqlite"):
            update(service, database="postgresql")

        assert contents(service) == before

    def test_what_is_open_may_change(self, service: Path) -> None:
        update(service, ci="none")

        assert recorded(service)["ci"] == "none"
        assert not (service / ".gitlab-ci.yml").exists()

    def test_edited_answers_file_is_refused(self, service: Path) -> None:
        file = service / ANSWERS_FILE
        file.write_text(file.read_text().replace("\ndatabase: sqlite", "\ndatabase: postgresql"))
        commit_all(service, "Have it our way")

        with pytest.raises(ValueError, match="acme 1.0 locks database=sqlite"):
            update(service)

    def test_newer_preset_is_applied(self, service: Path) -> None:
        newer = locking({"database": "postgresql"}, version="2.0")

        update(service, preset=newer)

        assert recorded(service)["preset"] == newer
        assert recorded(service)["database"] == "postgresql"
        assert "asyncpg" in (service / "pyproject.toml").read_text()
        with pytest.raises(ValueError, match="acme 2.0 locks database=postgresql"):
            update(service, database="sqlite")


def copy(template: Path, service: Path, *words: str | Path) -> subprocess.CompletedProcess[str]:
    """Run the command, where nobody can answer a question."""
    return subprocess.run(
        [COPIER, "copy", "--quiet", *words, template, service],
        env=os.environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=LONGEST,
        check=False,
    )


def recorded(service: Path) -> Document:
    return yaml.safe_load((service / ANSWERS_FILE).read_text())


def written(data: Mapping[str, object], folder: Path) -> Path:
    """Write a file for ``--data-file``."""
    path = folder / "data.yml"
    path.write_text(yaml.safe_dump(data))
    return path
