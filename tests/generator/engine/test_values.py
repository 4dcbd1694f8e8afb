"""How answers are read, compared and shown."""

import pytest

from generator.engine.values import Value, as_bool, cast_to, shown, strict_bool


class TestShown:
    @pytest.mark.parametrize(
        ("value", "text"),
        [
            ("disk", "disk"),
            ("two words", '"two words"'),
            ("", '""'),
            (True, "true"),
            (False, "false"),
            (3, "3"),
        ],
    )
    def test_as_typed(self, value: Value, text: str) -> None:
        assert shown(value) == text


class TestStrictBool:
    @pytest.mark.parametrize("text", ["true", "Yes", "on", "1", "2.5", " y "])
    def test_yes(self, text: str) -> None:
        assert strict_bool(text) is True

    @pytest.mark.parametrize("text", ["false", "NO", "off", "0", "none", ""])
    def test_no(self, text: str) -> None:
        assert strict_bool(text) is False

    @pytest.mark.parametrize("text", ["maybe", "fasle", "tru e"])
    def test_neither(self, text: str) -> None:
        assert strict_bool(text) is None


class TestAsBool:
    def test_other_text_counts_as_yes(self) -> None:
        """Copier reads conditions so, and a default of ours has to come out the same."""
        assert as_bool("anything") is True

    def test_other_values(self) -> None:
        assert as_bool([]) is False
        assert as_bool(1) is True


class TestCast:
    @pytest.mark.parametrize(
        ("kind", "raw", "value"),
        [
            ("bool", "yes", True),
            ("bool", 0, False),
            ("float", "1.5", 1.5),
            ("int", "7", 7),
            ("json", '{"a": [1]}', {"a": [1]}),
            ("json", [1], [1]),
            ("path", "a/b", "a/b"),
            ("str", 3, "3"),
            ("yaml", "[a, b]", ["a", "b"]),
            ("yaml", None, None),
        ],
    )
    def test_value(self, kind: str, raw: Value, value: Value) -> None:
        assert cast_to(kind, raw) == value

    @pytest.mark.parametrize(
        ("kind", "raw"),
        [
            ("bool", "perhaps"),
            ("float", "x"),
            ("int", "1.5"),
            ("json", "{"),
            ("str", None),
            ("str", ["a"]),
            ("yaml", "[a"),
        ],
    )
    def test_refused(self, kind: str, raw: Value) -> None:
        with pytest.raises(ValueError, match=r"."):
            cast_to(kind, raw)
