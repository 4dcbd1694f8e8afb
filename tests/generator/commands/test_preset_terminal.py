"""With a preset on a terminal: what is locked is not asked, and what is proposed is the default."""

from pathlib import Path

import yaml

from tests.generator.presets.support import ACME, recorded, written
from tests.generator.support import command, names
from tests.generator.terminals import Terminal
from tests.harness.options import offered
from tests.harness.renders import Renders

PROPOSED = "Acme Platform"


def finished(place: Path, renders: Renders, preset: Path, *words: str, typed: str = "") -> str:
    """Run `groundplan new`, answer the question about the author, and give what was shown."""
    options = ("--preset", preset, "--template", renders.template, "--no-git")
    terminal = Terminal(command("new", "made", *options, *words), place)
    try:
        if typed:
            terminal.expect("Who maintains it?").send(typed)
        return terminal.finish()[1]
    finally:
        terminal.close()


def test_only_what_is_open_is_asked(place: Path, renders: Renders) -> None:
    answers = offered().evaluator.complete({}).recorded
    lock = {name: value for name, value in answers.items() if name != "author"}
    preset = {**yaml.safe_load(ACME), "lock": lock, "defaults": {"author": PROPOSED}}

    text = finished(place, renders, written(place, yaml.safe_dump(preset)), typed="\r")

    assert "made: " in text
    assert recorded(place / "made")["author"] == PROPOSED
    assert {name: recorded(place / "made")[name] for name in lock} == lock


def test_locked_answer_is_refused_before_the_first_question(place: Path, renders: Renders) -> None:
    text = finished(place, renders, written(place), "--database", "postgresql")

    assert "What is the service called?" not in text
    assert "the preset acme 1.0 locks database=sqlite" in text
    assert names(place) == ["acme.yml"]


def test_without_a_preset_no_word_of_it(place: Path, renders: Renders) -> None:
    terminal = Terminal(command("new", "made", "--template", renders.template), place)
    try:
        terminal.expect("What is the service called?").send("\x03")
        _, text = terminal.finish()
    finally:
        terminal.close()

    assert "preset" not in text
    assert "locked" not in text
