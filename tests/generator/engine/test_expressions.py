"""Rendering the template's expressions."""

import pytest

from generator.engine.expressions import Expressions
from generator.errors import TemplateError

STRICT = Expressions({"_envops": {"undefined": "jinja2.StrictUndefined"}})


class TestRender:
    def test_text(self) -> None:
        assert STRICT.render("{{ name | upper }}", {"name": "a"}) == "A"

    def test_filters_of_copier(self) -> None:
        text = "{{ name | regex_replace('[^a-z]+', '-') }}"

        assert STRICT.render(text, {"name": "a b"}) == "a-b"

    def test_list(self) -> None:
        assert STRICT.render(["{{ name }}", 1], {"name": "a"}) == ["a", 1]

    def test_other_values(self) -> None:
        assert STRICT.render(3, {}) == 3

    def test_unknown_name(self) -> None:
        with pytest.raises(TemplateError, match="fails: 'nothing' is undefined"):
            STRICT.render("{{ nothing }}", {})

    def test_unknown_name_without_strictness(self) -> None:
        assert Expressions({}).render("[{{ nothing }}]", {}) == "[]"

    def test_mistake(self) -> None:
        with pytest.raises(TemplateError, match="fails"):
            STRICT.render("{% if %}", {})

    def test_other_delimiters(self) -> None:
        expressions = Expressions(
            {"_envops": {"variable_start_string": "[[", "variable_end_string": "]]"}}
        )

        assert expressions.render("[[ name ]] {{ name }}", {"name": "a"}) == "a {{ name }}"


class TestHolds:
    @pytest.mark.parametrize(
        ("condition", "held"),
        [(True, True), (False, False), ("{{ x == 1 }}", True), ("{{ x == 2 }}", False)],
    )
    def test_condition(self, condition: str | bool, held: bool) -> None:
        assert STRICT.holds(condition, {"x": 1}) is held
