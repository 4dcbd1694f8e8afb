"""What is no preset is refused, with the line."""

import json

import jsonschema_rs
import pytest
import yaml

from tests.generator.presets.support import ACME, problems
from tests.harness.places import ROOT
from tools.schema import PUBLISHED, schema

SCHEMA = jsonschema_rs.validator_for(json.loads(schema()))
NO_KEY = "a preset has no such key"


def test_sound() -> None:
    assert problems(ACME) == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (ACME.replace('"1.0"', "1.0"), 2, "version: this has to be text: put it in quotes"),
        (ACME.replace('"1.0"', "newest"), 2, "version: string should match pattern"),
        (ACME.replace("acme", "Acme Inc", 1), 1, "name: string should match pattern"),
        (ACME.replace("name: acme\n", ""), 1, "name: it is missing"),
        (ACME.replace("description:", "descripton:"), 1, "description: it is missing"),
        (ACME + "colour: red\n", 9, f"colour: {NO_KEY}"),
        (ACME.replace("  database: sqlite", "  - database"), 7, "lock: this has to be a mapping"),
        (ACME.replace("sqlite", "{is: sqlite}"), 8, "lock.database: an answer is text, a number"),
        (ACME.replace("sqlite", "null"), 8, "lock.database: an answer is text, a number"),
        (ACME.replace("ask the platform team", '"ask\\nus"'), 4, "message: string should match"),
    ],
)
def test_shape(text: str, line: int, said: str) -> None:
    """The model and the published schema agree about what has the wrong shape."""
    found, words = problems(text)[0]

    assert (found, words[: len(said)]) == (line, said)
    assert not SCHEMA.is_valid(yaml.safe_load(text))


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "the preset: a preset is a mapping"),
        ("- acme\n", 1, "the preset: a preset is a mapping"),
        (ACME + "  ci: [\n", 10, "this is not valid YAML"),
        (ACME + "\tci: none\n", 9, "this is not valid YAML"),
        (ACME + "lock:\n  ci: github\n", 9, "lock is there twice, first in line 7"),
        (ACME + "  database: postgresql\n", 9, "database is there twice, first in line 8"),
        (ACME.replace("sqlite", "!!python/name:os.system"), 8, "this is not valid YAML: could not"),
        (ACME.replace("sqlite", "!include /etc/passwd"), 8, "this is not valid YAML: could not"),
        (ACME.replace("sqlite", "&it sqlite") + "  ci: *it\n", 9, "a preset has no aliases"),
        (ACME + "  ci: " + "[" * 50_000, 9, "a preset has no aliases and at most a list"),
        (ACME + "  ci: " + "{a: " * 9_000, 9, "a preset has no aliases and at most a list"),
        ("name: \x00", 1, "this cannot be read as YAML"),
    ],
)
def test_text(text: str, line: int, said: str) -> None:
    found, words = problems(text)[0]

    assert (found, words[: len(said)]) == (line, said)


class TestSchema:
    def test_published(self) -> None:
        assert PUBLISHED.read_text() == schema(), "write it anew: .venv/bin/python -m tools.schema"

    def test_takes_sound_presets(self) -> None:
        folders = (ROOT / "generator/presets/builtin", ROOT / "examples/presets")
        files = [path for folder in folders for path in folder.iterdir()]

        assert len(files) == 5
        for text in [ACME, *(path.read_text() for path in files)]:
            SCHEMA.validate(yaml.safe_load(text))
