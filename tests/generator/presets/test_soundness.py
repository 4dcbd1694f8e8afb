"""A preset that does not fit the questions is refused, with the line."""

from pathlib import Path
from textwrap import dedent

import pytest

from generator.engine.questionnaire import load
from generator.presets.reading import Script
from generator.presets.soundness import examined
from tests.generator.presets.support import ACME, problems
from tests.harness.options import offered

HEAD = 'name: acme\nversion: "1.0"\ndescription: ours\n'

TOGGLES = """
    preset: {type: yaml, ask: false, default: {}}
    pinned:
      type: yaml
      when: false
      default: "{{ preset.defaults | default({}) | combine(preset.lock | default({})) | to_json }}"
    locked: {type: yaml, when: false, default: "{{ preset.lock | default({}) | to_json }}"}
    engine: {type: bool, default: "{{ pinned.engine | default(true) }}"}
    gears: {type: bool, default: "{{ pinned.gears | default(true) }}"}
    speed: {type: int, default: "{{ pinned.speed | default(3) }}"}
    verdict:
      type: str
      ask: false
      default: ""
      validator: >-
        {% if gears and not locked.engine | default(true) %}gears need an engine{% endif %}
"""


@pytest.mark.parametrize(
    ("decisions", "line", "said"),
    [
        ("lock: {databse: sqlite}", 4, 'there is no question "databse": did you mean "database"?'),
        ("defaults:\n  ci: none\n  tea: true", 6, 'there is no question "tea"'),
        ("lock: {use: {}}", 4, "lock.use: an answer is text"),
        ("lock: {switches: all}", 4, 'there is no question "switches"'),
        ("lock: {preset: other}", 4, 'there is no question "preset"'),
        ("lock: {database: oracle}", 4, "database=oracle is not possible: choose"),
        ("defaults: {ci: jenkins}", 4, "ci=jenkins is not possible: choose"),
        ("lock: {python_version: 3.13}", 4, "python_version: 3.13 is of type float: put it in quo"),
        ("lock: {ci: off}", 4, "ci: False is of type bool: put it in quotes"),
        ("lock:\n  ci: none\n  project_slug: A Slug", 6, 'project_slug="A Slug" is refused: use'),
        ("defaults:\n  ci: none\nlock:\n  ci: none", 7, "ci is in `defaults` and in `lock`"),
        ("lock:\n  orm: none\n  database: sqlite", 6, "database=sqlite has no effect, because"),
    ],
)
def test_refused(decisions: str, line: int, said: str) -> None:
    assert [(found, words[: len(said)]) for found, words in problems(HEAD + decisions)] == [
        (line, said)
    ]


def test_beside_a_wrong_version() -> None:
    text = HEAD.replace('"1.0"', "1.0") + "lock:\n  ci: jenkins\n  tea: true\n"

    assert [line for line, _ in problems(text)] == [2, 5, 6]


def test_impossible_together_beside_a_wrong_key() -> None:
    text = HEAD + "colour: red\nlock:\n  orm: none\n  auth: jwt\n"

    assert [line for line, _ in problems(text)] == [4, 7]


def test_all_problems_at_once() -> None:
    assert [line for line, _ in problems(HEAD + "lock:\n  a: b\n  database: c\n  d: e")] == [
        5,
        6,
        7,
    ]


@pytest.mark.parametrize(
    "decisions",
    [
        "",
        "lock: {database: sqlite}",
        "lock: {orm: none}",
        "defaults: {orm: none}\nlock: {database: sqlite}",
    ],
)
def test_sound(decisions: str) -> None:
    """A lock holds where its question is asked; elsewhere it waits."""
    assert problems(HEAD + decisions) == []


class TestCombinations:
    @pytest.fixture
    def toggles(self, tmp_path: Path) -> Path:
        (tmp_path / "copier.yml").write_text(dedent(TOGGLES))
        return tmp_path

    def found(self, template: Path, decisions: str) -> list[tuple[int, str]]:
        draft = examined(Script("acme.yml", HEAD + decisions), load(template))
        return [(problem.line, problem.text) for problem in draft.problems]

    def test_lock_against_what_implies_it(self, toggles: Path) -> None:
        [(line, text)] = self.found(toggles, "lock:\n  speed: 1\n  engine: false")

        assert (line, "gears need an engine" in text) == (6, True)

    def test_with_the_other_one_off(self, toggles: Path) -> None:
        assert self.found(toggles, "defaults: {gears: false}\nlock: {engine: false}") == []

    @pytest.mark.parametrize(
        ("decision", "said"),
        [
            ("engine: 'no'", "engine: 'no' is of type str: it has to be of type bool"),
            ("engine: 0", "engine: 0 is of type int: it has to be of type bool"),
            ("speed: true", "speed: True is of type bool: it has to be of type int"),
            ("speed: fast", "speed: 'fast' is of type str: it has to be of type int"),
        ],
    )
    def test_types(self, toggles: Path, decision: str, said: str) -> None:
        assert self.found(toggles, f"lock:\n  {decision}") == [(5, said)]


def test_name_of_the_file() -> None:
    draft = examined(Script("other.yml", ACME, name="other"), offered().questionnaire)

    assert [(one.line, one.text) for one in draft.problems] == [
        (1, "the name of the file is other: call both the same")
    ]
