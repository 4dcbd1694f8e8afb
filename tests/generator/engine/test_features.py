"""What the features are, and which files each brings."""

from pathlib import Path

from generator.engine.evaluator import Evaluator
from generator.engine.features import Feature, describe, owners
from generator.engine.template import Template
from generator.engine.values import Document
from generator.lifecycle.checkout import examine
from tests.generator.support import write_tree


def owned(toy: Path, **given: str) -> dict[str, str]:
    template = Template(toy, str(toy))
    evaluator = Evaluator(template.questionnaire)
    answers: Document = {**given}
    names, _ = examine(template)
    return owners(template, names, evaluator, evaluator.complete(answers))


class TestDescribe:
    def test_own_words(self, toy: Path) -> None:
        assert describe(Template(toy, ""), "base") == Feature("base", "The ground.", (), ())

    def test_what_it_declares(self, toy: Path) -> None:
        assert describe(Template(toy, ""), "disk") == Feature(
            "disk", "Keeps things on disk.", ("disklib",), ("DISK",)
        )

    def test_silent_feature(self, toy: Path) -> None:
        assert describe(Template(toy, ""), "box") == Feature("box", "", (), ())

    def test_heading_alone(self, toy: Path) -> None:
        write_tree(toy, {"template/{{use.box}}/.feature/README.md": "# box\n"})

        assert describe(Template(toy, ""), "box").description == ""


class TestOwners:
    def test_by_overlay(self, toy: Path) -> None:
        assert owned(toy) == {
            "README.md": "base",
            "app/main.py": "base",
            "app/disk.py": "disk",
        }

    def test_overlay_in_an_overlay(self, toy: Path) -> None:
        assert owned(toy, cache="true")["app/both.py"] == "disk"
        assert owned(toy, cache="true")["app/cache.py"] == "cache"

    def test_overlay_that_is_off(self, toy: Path) -> None:
        assert set(owned(toy, store="none").values()) == {"base"}
