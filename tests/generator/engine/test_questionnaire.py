"""Reading a questionnaire as Copier reads it."""

from pathlib import Path

import pytest

from generator.engine.questionnaire import load
from generator.errors import TemplateError
from tests.generator.support import write_tree


class TestLoad:
    def test_includes_and_documents_in_order(self, toy: Path) -> None:
        loaded = load(toy)

        assert loaded.names[:3] == ("name", "slug", "store")
        assert loaded.names[-3:] == ("switches", "features", "use")

    def test_settings_are_apart(self, toy: Path) -> None:
        loaded = load(toy)

        assert loaded.settings["_subdirectory"] == "template"
        assert not any(name.startswith("_") for name in loaded.names)

    def test_computed_questions_are_not_asked(self, toy: Path) -> None:
        assert {"switches", "features", "use"}.isdisjoint(one.name for one in load(toy).asked)

    def test_later_document_wins(self, tmp_path: Path) -> None:
        write_tree(tmp_path, {"copier.yml": "a: 1\nb: 2\n---\na: 3\n"})

        assert [(one.name, one.default) for one in load(tmp_path).questions] == [("a", 3), ("b", 2)]

    def test_other_suffix(self, tmp_path: Path) -> None:
        write_tree(tmp_path, {"copier.yaml": "a: 1\n"})

        assert load(tmp_path).names == ("a",)

    def test_no_template(self, tmp_path: Path) -> None:
        with pytest.raises(TemplateError, match=r"is no template, because it has no copier\.yml"):
            load(tmp_path)

    @pytest.mark.parametrize("text", ["a: [1\n", "a: !unknown 1\n"])
    def test_broken(self, tmp_path: Path, text: str) -> None:
        write_tree(tmp_path, {"copier.yml": text})

        with pytest.raises(TemplateError, match="questions cannot be read: ") as caught:
            load(tmp_path)
        assert "\n" not in str(caught.value)
