"""Somebody at a terminal who reads what Copier offers, and picks."""

import re
from pathlib import Path
from typing import cast

from generator.engine.questions import Question
from tests.generator.terminals import Terminal
from tests.harness.values import Value

ENTER, DOWN, SPACE = "\r", "\x1b[B", " "
_POINTED, _GREY, _EMPTY, _TICKED = "»", "-", "○", "●"
_BOX = f"[{_EMPTY}{_TICKED}]"


class Prompts:
    """The questions of a template on a terminal, answered one after the other."""

    def __init__(self, words: list[str], place: Path) -> None:
        self.terminal = Terminal(words, place)

    def answer(self, question: Question, value: Value | None) -> tuple[Value, ...]:
        """Wait for a question, give what it offers, and answer it; a text may keep its default."""
        self.terminal.expect(question.help)
        if question.choices:
            return self._select(question, value)
        if question.type == "bool":
            self.terminal.expect("/").send("y" if value else "n")
            return (True, False)
        self.terminal.send(f"{value or ''}{ENTER}")
        return ()

    def tick(self, question: Question, boxes: dict[str, bool]) -> tuple[str, ...]:
        """Wait for check boxes, give the names of those that are there, and have some ticked."""
        self.terminal.expect(question.help)
        for name in boxes:
            self.terminal.wait_for(rf"{_BOX} {name}:")
        marks: list[tuple[str, str]] = re.findall(rf"({_BOX}) (\w+):", self.terminal.text)
        shown = {name: mark == _TICKED for mark, name in marks}
        wrong = (boxes.get(name, False) != ticked for name, ticked in shown.items())
        keys = ((SPACE if each else "") + DOWN for each in wrong)
        self.terminal.send("".join(keys) + ENTER)
        return tuple(shown)

    def _select(self, question: Question, value: Value | None) -> tuple[Value, ...]:
        marks = {
            cast("Value", choice.value): self._mark(choice.label) for choice in question.choices
        }
        offered = [name for name, mark in marks.items() if mark != _GREY]
        pointed = next(name for name, mark in marks.items() if mark == _POINTED)
        assert value in offered, f"{question.name} offers {offered}, not {value}"
        steps = (offered.index(value) - offered.index(pointed)) % len(offered)
        self.terminal.send(DOWN * steps + ENTER)
        return tuple(offered)

    def _mark(self, label: str) -> str:
        """Wait until a choice is on the screen, and give what stands before it."""
        line = rf"^[ ]*([{_POINTED}{_GREY}]?)[ ]*{re.escape(label)}"
        self.terminal.wait_for(line)
        found = re.search(line, self.terminal.text, re.MULTILINE)
        assert found is not None
        return found[1]
