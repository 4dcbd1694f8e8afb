"""One question: what it offers, and how an answer to it is read."""

import pytest

from generator.engine.questions import Choice, Missing, Question


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
