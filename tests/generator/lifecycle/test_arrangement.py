"""The template laid out so that Copier renders it fast."""

import os
import shutil
from pathlib import Path

import pytest

from generator.engine.evaluator import Evaluator
from generator.engine.template import Template
from generator.engine.values import Document
from generator.lifecycle import copying
from generator.lifecycle.arrangement import arrange
from generator.lifecycle.checkout import examine
from tests.generator.support import write_tree
from tests.harness.places import ANSWERS_FILE
from tests.harness.trees import contents, differences


def arranged(toy: Path, folder: Path, given: Document) -> Template:
    template = Template(toy, str(toy))
    answers = Evaluator(template.questionnaire).complete(given)
    return arrange(template, examine(template)[0], answers.use, folder)


class TestArranged:
    @pytest.mark.parametrize("given", [{}, {"cache": True}, {"store": "none", "proxy": True}])
    def test_comes_out_the_same(self, toy: Path, place: Path, given: Document) -> None:
        copying.render(Template(toy, ""), place / "theirs", given)

        copying.render(arranged(toy, place / "arranged", given), place / "ours", given)

        assert differences(place / "ours", place / "theirs", ANSWERS_FILE) == []

    def test_one_tree(self, toy: Path, place: Path) -> None:
        template = arranged(toy, place / "arranged", {"store": "none"})

        assert template.questionnaire.settings["_subdirectory"] == "_resolved"
        assert set(contents(place / "arranged" / "_resolved")) == {
            "README.md.jinja",
            "app/main.py",
            "{{_copier_conf.answers_file}}.jinja",
        }

    def test_fragments_are_found(self, toy: Path, place: Path) -> None:
        base = "template/{{use.base}}"
        files = {
            f"{base}/.feature/words.txt": "from {{ name }}\n",
            f"{base}/a.txt.jinja": '{% include "template/{{use.base}}/.feature/words.txt" %}',
        }
        write_tree(toy, files)

        copying.render(arranged(toy, place / "arranged", {}), place / "ours", {})

        assert (place / "ours" / "a.txt").read_text() == "from toy\n"

    def test_template_is_left_alone(self, toy: Path, place: Path) -> None:
        """The files may be links to its own."""
        before = contents(toy)

        copying.render(arranged(toy, place / "arranged", {}), place / "ours", {})
        for name in contents(place / "ours"):
            (place / "ours" / name).write_text("changed")

        assert contents(toy) == before

    def test_where_links_are_not_possible(
        self, toy: Path, place: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise PermissionError

        (toy / "template/{{use.base}}/app/main.py").chmod(0o755)
        monkeypatch.setattr(os, "link", refuse)

        template = arranged(toy, place / "arranged", {})

        assert contents(toy / "template").items() <= contents(template.root / "template").items()
        assert os.access(template.root / "_resolved" / "app" / "main.py", os.X_OK)


class TestOtherTemplates:
    def test_without_features(self, tmp_path: Path, place: Path) -> None:
        files = {"copier.yml": "_exclude: [copier.yml]\na: 1\n", "b.txt.jinja": "{{ a }}\n"}
        toy = write_tree(tmp_path / "other", files)

        template = arranged(toy, place / "arranged", {})
        copying.render(template, place / "ours", {"a": "2"})

        assert contents(place / "ours") == {"b.txt": (0, b"2\n")}

    def test_fragments_that_are_not_excluded(self, toy: Path, place: Path) -> None:
        """Such a template renders them, so nothing may be taken away."""
        questions = toy / "copier.yml"
        text = questions.read_text().replace("[.feature, __pycache__]", "[__pycache__]")
        questions.write_text(text)
        shutil.rmtree(toy / "template/{{use.disk}}/.feature")  # a second owner of the same paths
        copying.render(Template(toy, ""), place / "theirs", {})

        copying.render(arranged(toy, place / "arranged", {}), place / "ours", {})

        assert (place / "theirs" / ".feature").is_dir()
        assert differences(place / "ours", place / "theirs", ANSWERS_FILE) == []

    def test_link_stays_a_link(self, tmp_path: Path, place: Path) -> None:
        settings = "_exclude: [copier.yml]\n_preserve_symlinks: true\n"
        toy = write_tree(tmp_path / "other", {"copier.yml": settings, "b.txt": "b\n"})
        (toy / "c.txt").symlink_to("b.txt")

        template = arranged(toy, place / "arranged", {})
        copying.render(template, place / "ours", {})

        assert (place / "ours" / "c.txt").readlink() == Path("b.txt")
