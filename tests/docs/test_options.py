"""docs/options.md and the table in the README say what `groundplan options` says."""

import json
import re
import subprocess
import sys
from functools import cache
from typing import Final, TypedDict

import pytest

from tests.docs.markdown import section, table, titles
from tests.harness.places import ROOT

PAGE: Final = (ROOT / "docs" / "options.md").read_text()
README: Final = (ROOT / "README.md").read_text()


class Value(TypedDict):
    """One value of an option."""

    value: str | bool
    label: str
    implies: list[str]


class Option(TypedDict):
    """What is read of an option."""

    name: str
    default: str | bool
    values: list[Value]
    condition: str


@cache
def options() -> dict[str, Option]:
    """Ask the command."""
    command = [sys.executable, "-m", "generator", "options", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    listed: list[Option] = json.loads(done.stdout)["options"]
    return {option["name"]: option for option in listed}


NAMES: Final = titles(PAGE, rank=2)


def word(value: str | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else value


def bullet(text: str, start: str) -> str:
    """Read the code at the end of a line of a list."""
    found = re.search(rf"^- {start} .*?`([^`]*)`$", text, re.MULTILINE)
    return found[1] if found else ""


class TestPage:
    def test_questions_in_order(self) -> None:
        assert list(options()) == NAMES

    @pytest.mark.parametrize("name", NAMES)
    def test_values_and_what_they_switch_on(self, name: str) -> None:
        text, expected = section(PAGE, name), options()[name]["values"]
        rows = table(text) if expected else []

        assert [row["value"] for row in rows] == [word(value["value"]) for value in expected]
        for row, value in zip(rows, expected, strict=True):
            assert row["meaning"] == (value["label"] if value["label"] != row["value"] else "")
            assert row["switches on"] == ", ".join(value["implies"])

    @pytest.mark.parametrize("name", NAMES)
    def test_default_and_condition(self, name: str) -> None:
        text, option = section(PAGE, name), options()[name]

        assert bullet(text, "Default:") == word(option["default"])
        assert bullet(text, "Asked when") == option["condition"]


class TestReadme:
    def test_table(self) -> None:
        rows = {row["answer"]: row["values"] for row in table(section(README, "Options"))}

        assert list(rows) == list(options())
        for name, option in options().items():
            if option["values"]:
                default, *others = rows[name].split(", ")
                assert default == word(option["default"])
                assert {default, *others} == {word(value["value"]) for value in option["values"]}
            else:
                assert rows[name] == "text"
