"""app.config.api_keys: who may call the API."""

from collections.abc import MutableMapping
from pathlib import Path

import pytest

from app.config.api_keys import ApiKeySettings, ConfiguredKey
from app.config.settings import SettingsError, load_settings

ONE, OTHER = "1" * 64, "2" * 64


class TestApiKeys:
    @pytest.mark.parametrize(
        ("text", "keys"),
        [
            ("", ()),
            (f"a:{ONE}:", (ConfiguredKey("a", ONE, frozenset()),)),
            (f"a:{ONE}:b:c", (ConfiguredKey("a", ONE, frozenset({"b:c"})),)),
            (f"a:{ONE}:b:c+d:e", (ConfiguredKey("a", ONE, frozenset({"b:c", "d:e"})),)),
        ],
    )
    def test_parts(
        self, environment: MutableMapping[str, str], text: str, keys: tuple[ConfiguredKey, ...]
    ) -> None:
        environment["API_KEYS"] = text

        assert ApiKeySettings().keys == keys

    @pytest.mark.parametrize("between", [",", ", ", "\n", ",\n", " "])
    def test_several(self, environment: MutableMapping[str, str], between: str) -> None:
        environment["API_KEYS"] = f"a:{ONE}:{between}b:{OTHER}:b:c"

        assert [key.name for key in ApiKeySettings().keys] == ["a", "b"]

    def test_two_of_a_name_while_one_replaces_the_other(
        self, environment: MutableMapping[str, str]
    ) -> None:
        environment["API_KEYS"] = f"a:{ONE}:,a:{OTHER}:"

        assert [key.digest for key in ApiKeySettings().keys] == [ONE, OTHER]

    @pytest.mark.parametrize(
        ("text", "rule"),
        [
            (f"a:{ONE}:,b:{ONE}:", "a key is there twice"),
            (f"a:{ONE}:,hunter2", "key 2 is not of the form name:digest:scope+scope"),
            (f"a:{ONE}", "key 1 is not of the form"),
            (f"a:{ONE[1:]}:", "key 1 is not of the form"),
            (f"a:{'g' * 64}:", "key 1 is not of the form"),
            (f":{ONE}:", "key 1 is not of the form"),
            (f"a:{ONE}:b:c+", "key 1 is not of the form"),
        ],
    )
    def test_wrong(
        self, environment: MutableMapping[str, str], tmp_path: Path, text: str, rule: str
    ) -> None:
        environment["API_KEYS"] = text

        with pytest.raises(SettingsError) as raised:
            load_settings(tmp_path / ".env")

        assert str(raised.value).startswith("Wrong setting API_KEYS: ")
        assert rule in str(raised.value)
        assert "hunter2" not in str(raised.value)
        assert ONE not in str(raised.value)

    def test_hashes_are_not_shown(self, environment: MutableMapping[str, str]) -> None:
        environment["API_KEYS"] = f"a:{ONE}:"

        assert ONE not in repr(ApiKeySettings())

    def test_from_a_file(self, environment: MutableMapping[str, str], tmp_path: Path) -> None:
        del environment["API_KEYS"]
        (tmp_path / ".env").write_text(f"API_KEYS=a:{ONE}:b:c,b:{OTHER}:\n")

        assert len(load_settings(tmp_path / ".env").api_keys.keys) == 2
