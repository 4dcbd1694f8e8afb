"""On a terminal the questions are asked."""

import signal
from collections.abc import Generator
from pathlib import Path

import pytest
import yaml

from tests.generator.support import command, names
from tests.generator.terminals import Terminal
from tests.harness.places import ANSWERS_FILE

ENTER, DOWN, CTRL_C, CTRL_D = "\r", "\x1b[B", "\x03", "\x04"


@pytest.fixture
def asked(place: Path, toy: Path) -> Generator[Terminal]:
    """The command, asking its first question."""
    terminal = Terminal(command("new", "made", "--template", toy, "--slug", "given"), place)
    try:
        yield terminal.expect("What is it called?")
    finally:
        terminal.close()


def answer_all(terminal: Terminal) -> Terminal:
    terminal.send(f"er{ENTER}").expect("Where does it keep things?")
    terminal.send(ENTER).expect("size").send(ENTER)
    terminal.expect("Does it remember?").send("y")
    return terminal.expect("proxy").send("n").expect("box").send("n")


class TestAsked:
    def test_made(self, asked: Terminal, place: Path) -> None:
        code, text = answer_all(asked).finish()

        assert code == 0, text
        recorded = yaml.safe_load((place / "made" / ANSWERS_FILE).read_text())
        assert recorded["name"] == "toyer"
        assert recorded["slug"] == "given"
        assert recorded["cache"] is True
        assert recorded["box"] is False
        assert "made: 6 files in" in text

    def test_question_that_does_not_apply(self, asked: Terminal, place: Path) -> None:
        asked.send(ENTER).expect("Where does it keep things?").send(DOWN + ENTER)
        asked.expect("Does it remember?").send("n").expect("proxy").send("n")
        code, text = asked.expect("box").send("y").finish()

        assert code == 0, text
        assert "size" not in (place / "made" / ANSWERS_FILE).read_text()

    def test_impossible_combination(self, asked: Terminal, place: Path) -> None:
        asked.send(ENTER).expect("Where does it keep things?").send(DOWN + ENTER)
        asked.expect("Does it remember?").send("y").expect("proxy").send("n")
        code, text = asked.expect("box").send("y").finish()

        assert code == 3
        assert "cache=true needs a store: choose store=disk" in text
        assert names(place) == []


class TestStopped:
    def test_key(self, asked: Terminal, place: Path) -> None:
        code, text = asked.send(CTRL_C).finish()

        assert code == 130
        assert "Stopped; nothing is left behind." in text
        assert "Traceback" not in text
        assert names(place) == []
        assert asked.is_as_before()

    def test_end_of_input(self, asked: Terminal, place: Path) -> None:
        code, text = asked.send("\x7f" * 10 + CTRL_D).finish()

        assert code == 3
        assert "the questions were left unanswered" in text
        assert names(place) == []

    def test_signal(self, asked: Terminal, place: Path) -> None:
        asked.process.send_signal(signal.SIGTERM)
        code, text = asked.finish()

        assert code == 143
        assert "Stopped; nothing is left behind." in text
        assert names(place) == []
        assert asked.is_as_before()


class TestNotAsked:
    @pytest.mark.parametrize("option", ["--defaults", "--json"])
    def test_by_option(self, place: Path, toy: Path, option: str) -> None:
        terminal = Terminal(command("new", "made", "--template", toy, option), place)
        try:
            code, text = terminal.finish()
        finally:
            terminal.close()

        assert code == 0, text
        assert "?" not in text
        assert (place / "made" / ANSWERS_FILE).exists()

    def test_wrong_answer_is_refused_before_the_first_question(
        self, place: Path, toy: Path
    ) -> None:
        terminal = Terminal(command("new", "made", "--template", toy, "--store", "disc"), place)
        try:
            code, text = terminal.finish()
        finally:
            terminal.close()

        assert code == 3
        assert "What is it called?" not in text
        assert "store=disc is not possible: choose disk or none" in text

    def test_taken_place_is_refused_before_the_first_question(self, place: Path, toy: Path) -> None:
        (place / "made").touch()
        terminal = Terminal(command("new", "made", "--template", toy), place)
        try:
            code, text = terminal.finish()
        finally:
            terminal.close()

        assert code == 4
        assert "What is it called?" not in text
