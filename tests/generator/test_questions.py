"""Reading a questionnaire as Copier reads it."""

from pathlib import Path

import pytest

from generator.errors import TemplateError
from generator.questions import Choice, Missing, Question, load
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


class TestQuestion:
    @pytest.mark.parametrize(
        ("details", "kind"),
        [
            ({"type": "bool"}, "bool"),
            ({"default": 3}, "int"),
            ({"default": "x"}, "str"),
            ({"default": [1]}, "yaml"),
            ({}, "yaml"),
        ],
    )
    def test_type(self, details: dict[str, object], kind: str) -> None:
        assert Question("one", details).type == kind  # pyright: ignore[reportArgumentType]

    def test_no_default(self) -> None:
        assert Question("one", {}).default is Missing.DEFAULT

    def test_flag(self) -> None:
        assert Question("python_version", {}).flag == "--python-version"

    def test_condition_without_braces(self) -> None:
        assert Question("one", {"when": "{{ orm != 'none' }}"}).condition == "orm != 'none'"
        assert Question("one", {}).condition == ""

    def test_choices_by_label(self) -> None:
        question = Question("one", {"choices": {"On disk": "disk", "nowhere": "none"}})

        assert question.choices == (Choice("On disk", "disk"), Choice("nowhere", "none"))

    def test_choices_as_list(self) -> None:
        question = Question("one", {"type": "str", "choices": ["a", ["Letter b", "b"]]})

        assert question.choices == (Choice("a", "a"), Choice("Letter b", "b"))

    def test_choices_with_refusal(self) -> None:
        question = Question("one", {"choices": {"A": {"value": "a", "validator": "no"}}})

        assert question.choices == (Choice("A", "a", "no"),)

    def test_choice_of_another_type(self) -> None:
        """Copier compares after reading both as the question's type."""
        question = Question("one", {"type": "str", "choices": [3.12]})

        assert question.choice("3.12") is not None
        assert question.choice("3.13") is None

    def test_several(self) -> None:
        question = Question("one", {"type": "str", "multiselect": True, "choices": ["a", "b"]})

        assert question.read("[b, a]") == ["b", "a"]
        with pytest.raises(ValueError, match="a"):
            question.read("a")
