"""What Copier does for us."""

import os
import shutil
import warnings
from pathlib import Path

import pytest
from plumbum import local

from generator.engine.template import Template
from generator.errors import AnswerError, TemplateError
from generator.lifecycle import copying
from tests.generator.support import write_tree
from tests.harness.places import ANSWERS_FILE


@pytest.fixture
def template(toy: Path) -> Template:
    return Template(toy, str(toy))


class TestRender:
    def test_files(self, template: Template, place: Path) -> None:
        copying.render(template, place / "made", {"cache": "true"})

        assert (place / "made" / "README.md").read_text() == "toy: base store disk cache box\n"
        assert (place / "made" / "app" / "both.py").exists()

    def test_settings_of_the_user_stay_out(
        self, template: Template, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """They would override even what the template computes."""
        settings = place / "settings.yml"
        settings.write_text("defaults: {name: theirs, features: [cache]}\n")
        monkeypatch.setenv("COPIER_SETTINGS_PATH", str(settings))

        copying.render(template, place / "made", {})

        assert (place / "made" / "README.md").read_text() == "toy: base store disk box\n"

    def test_git_is_not_called(self, template: Template, place: Path) -> None:
        write_tree(place, {"bin/git": f"#!/bin/sh\necho $* >> {place}/called\n"})
        (place / "bin" / "git").chmod(0o755)
        with local.env(PATH=f"{place}/bin:{local.env['PATH']}"):
            assert shutil.which("git", path=local.env["PATH"]) == f"{place}/bin/git"
            copying.render(template, place / "made", {})

        assert not (place / "called").exists()

    def test_path_is_itself_again(self, template: Template, place: Path) -> None:
        before = local.env["PATH"]

        copying.render(template, place / "made", {})

        assert local.env["PATH"] == before

    def test_executable_stays_executable(self, template: Template, place: Path) -> None:
        (template.root / "template/{{use.base}}/app/main.py").chmod(0o755)

        copying.render(template, place / "made", {})

        assert os.access(place / "made" / "app" / "main.py", os.X_OK)
        assert not os.access(place / "made" / "app" / "disk.py", os.X_OK)


class TestRefused:
    @pytest.mark.parametrize(
        ("files", "sentence"),
        [
            (
                {"template/{{use.base}}/a.txt.jinja": "{{ nothing }}\n"},
                "the template cannot be rendered: 'nothing' is undefined",
            ),
            (
                {"template/{{use.base}}/a.txt.jinja": "{% if %}\n"},
                "the template cannot be rendered: Expected an expression",
            ),
            (
                {"template/{{use.base}}/{{nothing}}.txt": ""},
                "the template cannot be used: Error rendering template path",
            ),
            (
                {"copier.yml": "_tasks: [echo]\n"},
                "the template cannot be used: Template uses potentially unsafe feature: tasks.",
            ),
            (
                {"copier.yml": "_min_copier_version: '99.0.0'\n"},
                "the template cannot be used: This template requires Copier version >= 99.0.0",
            ),
        ],
    )
    def test_template(
        self, template: Template, place: Path, files: dict[str, str], sentence: str
    ) -> None:
        write_tree(template.root, files)

        with pytest.raises(TemplateError) as caught:
            copying.render(template, place / "made", {})

        assert str(caught.value).startswith(sentence)
        assert "\n" not in str(caught.value)

    def test_not_text(self, template: Template, place: Path) -> None:
        (template.root / "template/{{use.base}}/a.txt.jinja").write_bytes(b"\xff")

        with pytest.raises(TemplateError, match="cannot be rendered: 'utf-8' codec"):
            copying.render(template, place / "made", {})

    def test_answer(self, template: Template, place: Path) -> None:
        """Our own checks come first; what only Copier finds is still one sentence."""
        with pytest.raises(AnswerError, match="Validation error for question 'name'"):
            copying.render(template, place / "made", {"name": ""})

    def test_answer_of_a_type_that_it_cannot_be(self, template: Template, place: Path) -> None:
        with pytest.raises(AnswerError):
            copying.render(template, place / "made", {"size": None})


class TestAsk:
    def test_everything_is_given(self, template: Template) -> None:
        given = {"name": "lamp", "slug": "l", "store": "disk", "size": "4"}

        answers = copying.ask(
            template, {**given, "cache": True, "proxy": False, "box": False}, "made"
        )

        assert answers == {**given, "size": 4, "cache": True, "proxy": False, "box": False}

    def test_nobody_is_there(self, template: Template) -> None:
        with pytest.raises(AnswerError, match="the questions were left unanswered"):
            copying.ask(template, {}, "made")

    def test_warnings_of_copier_stay_out(self, template: Template, place: Path) -> None:
        questions = template.root / "copier.yml"
        questions.write_text(f"_min_copier_version: '1.0.0'\n{questions.read_text()}")

        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            copying.render(template, place / "made", {})

        assert caught == []
        assert (place / "made" / ANSWERS_FILE).exists()
