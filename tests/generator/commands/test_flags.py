"""Every question is a flag, and no flag is written down."""

import json
from pathlib import Path

import pytest

from generator.commands.flags import merge, parse_pairs, with_flags
from generator.engine.questionnaire import Questionnaire
from generator.engine.questions import Question
from generator.engine.values import Document
from generator.errors import AnswerError
from tests.generator.support import Invoke, names, write_tree
from tests.harness.places import ANSWERS_FILE


def add_question(template: Path, text: str) -> None:
    """Let a feature of a template ask one more question."""
    path = template / "template/{{use.base}}/.feature/questions.yml"
    path.write_text(f"{path.read_text()}\n{text}")


class TestHelp:
    def test_every_question(self, invoke: Invoke) -> None:
        text = " ".join(invoke("new", "--help").out.split())

        assert "--name str What is it called? [default: toy]" in text
        assert "--store disk|none Where does it keep things? [default: disk]" in text
        assert "--size int [default: 3] [asked when store == 'disk']" in text
        assert "--cache / --no-cache Does it remember? [default: false]" in text

    def test_computed_questions_are_no_flags(self, invoke: Invoke) -> None:
        text = invoke("new", "--help").out

        assert "--features" not in text
        assert "--switches" not in text

    def test_settings_are_no_flags(self, invoke: Invoke) -> None:
        assert "subdirectory" not in invoke("new", "--help").out


class TestAnswer:
    @pytest.mark.parametrize(
        ("words", "recorded"),
        [
            (["--name", "lamp"], "name: lamp"),
            (["--name=lamp"], "slug: lamp"),
            (["--store", "none"], "store: none"),
            (["--size", "7"], "size: 7"),
            (["--cache"], "cache: true"),
            (["--no-box"], "box: false"),
        ],
    )
    def test_recorded(self, invoke: Invoke, place: Path, words: list[str], recorded: str) -> None:
        assert invoke("new", "made", "--defaults", *words).code == 0
        assert recorded in (place / "made" / ANSWERS_FILE).read_text().splitlines()

    def test_contradiction(self, invoke: Invoke) -> None:
        outcome = invoke("new", "made", "--store", "none", "-d", "store=disk")

        assert outcome.code == 3
        assert "store is answered twice, disk and none: keep one of them" in outcome.err

    def test_unknown_flag(self, invoke: Invoke) -> None:
        outcome = invoke("new", "made", "--storee", "none")

        assert outcome.code == 2
        assert outcome.err == "error: no such option: --storee: did you mean --preset or --store?\n"


class TestNewQuestion:
    """A question that a later feature brings needs no change in generator/."""

    def test_text(self, invoke: Invoke, toy: Path, place: Path) -> None:
        add_question(toy, "colour: {type: str, help: Which, choices: [red, blue], default: red}\n")

        assert "--colour red|blue" in invoke("new", "--help").out
        assert invoke("new", "made", "--defaults", "--colour", "blue").code == 0
        assert "colour: blue" in (place / "made" / ANSWERS_FILE).read_text()
        refused = invoke("new", "other", "--colour", "green")
        assert refused.err.endswith("error: colour=green is not possible: choose red or blue\n")

    def test_yes_or_no(self, invoke: Invoke, toy: Path, place: Path) -> None:
        add_question(toy, "rate_limit: {type: bool, default: true}\n")

        assert "--rate-limit / --no-rate-limit" in invoke("new", "--help").out
        assert invoke("new", "made", "--defaults", "--no-rate-limit").code == 0
        assert "rate_limit: false" in (place / "made" / ANSWERS_FILE).read_text()

    @pytest.mark.parametrize(
        ("word", "sentence"),
        [
            ("--cache", "--cache takes no value, and maybe is one: write --cache or --no-cache"),
            (
                "--no-cache",
                "--no-cache takes no value, and maybe is one: write --cache or --no-cache",
            ),
        ],
    )
    def test_value_behind_it(self, invoke: Invoke, place: Path, word: str, sentence: str) -> None:
        outcome = invoke("new", "made", "--defaults", word, "maybe")

        assert (outcome.code, outcome.err) == (2, f"error: {sentence}\n")
        assert names(place) == []

    def test_name_that_the_command_has_for_itself(
        self, invoke: Invoke, toy: Path, place: Path
    ) -> None:
        add_question(toy, "json: {type: str, default: x}\ngit: {type: bool, default: true}\n")

        outcome = invoke("new", "made", "--json", "--no-git", "-d", "json=y", "-d", "git=no")

        assert json.loads(outcome.out)["commit"] is None
        assert "json: y" in (place / "made" / ANSWERS_FILE).read_text()
        assert "git: false" in (place / "made" / ANSWERS_FILE).read_text()

    def test_name_that_is_a_word_of_python(self, invoke: Invoke, toy: Path, place: Path) -> None:
        add_question(toy, "class: {type: str, default: x}\n")

        assert invoke("new", "made", "--defaults", "--class", "y").code == 0
        assert "class: y" in (place / "made" / ANSWERS_FILE).read_text()


class TestOtherTemplate:
    def test_its_questions_are_the_flags(self, invoke: Invoke, tmp_path: Path, place: Path) -> None:
        other = write_tree(
            tmp_path / "other",
            {"copier.yml": "_exclude: [copier.yml]\nmood: good\n", "a.txt.jinja": "{{ mood }}"},
        )

        outcome = invoke("new", "made", "--defaults", "--mood", "bad", f"--template={other}")

        assert outcome.code == 0
        assert (place / "made" / "a.txt").read_text() == "bad"


class TestWithFlags:
    def test_help_of_a_template(self) -> None:
        details: Document = {"type": "str", "default": "{{ name }}", "help": "What?"}
        given: list[dict[str, object]] = []

        def command(path: str, **flags: object) -> None:
            given.append({"path": path, **flags})

        extended = with_flags(command, Questionnaire({}, (Question("one", details),)))
        extended(path="x", answer_one="y")

        assert given == [{"path": "x", "answer_one": "y"}]


class TestParsePairs:
    def test_pairs(self) -> None:
        assert parse_pairs(["a=1", "b=x=y", "c="]) == {"a": "1", "b": "x=y", "c": ""}

    @pytest.mark.parametrize("pair", ["a", "=1", ""])
    def test_no_pair(self, pair: str) -> None:
        with pytest.raises(AnswerError, match="is not key=value: write -d orm=none, for example"):
            parse_pairs([pair])

    def test_twice(self) -> None:
        with pytest.raises(AnswerError, match="a is answered twice, 1 and 2: keep one of them"):
            parse_pairs(["a=1", "a=2"])

    def test_twice_the_same(self) -> None:
        assert parse_pairs(["a=1", "a=1"]) == {"a": "1"}

    def test_flag_and_pair_agree(self) -> None:
        given: Document = {"cache": "true"}

        merge(given, "cache", value=True)

        assert given == {"cache": True}
