"""At a terminal: whoever picks the answers of a variant, one by one, ends with that variant.

The variants that are walked hold every pair of values, and each is proven in tests/variants. The
template that asks has all of today's questions and no files: what is rendered follows from the
answers. tests/template/test_prompts.py takes the turns beside these ways.
"""

import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.generator.prompting import ENTER, Prompts
from tests.generator.support import command
from tests.harness.options import offered
from tests.harness.places import ANSWERS_FILE
from tests.harness.prompts import Possible, after
from tests.harness.questioning import questions_of, todays_questions
from tests.harness.switches import TOGGLE
from tests.harness.values import Value
from tests.harness.variant import Variant
from tests.harness.variants import covering

COPIER = Path(sys.executable).with_name("copier")


@pytest.fixture(scope="session")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template of today's questions."""
    return questions_of(todays_questions(), tmp_path_factory.mktemp("prompts") / "template")


@cache
def possible() -> Possible:
    return Possible(offered())


@pytest.mark.slow
@pytest.mark.parametrize("variant", covering(), ids=lambda variant: variant.name)
class TestWays:
    def test_copier(self, place: Path, questions: Path, variant: Variant) -> None:
        assert made(place, [str(COPIER), "copy", str(questions), "my-service"], variant) == {
            **offered().evaluator.complete(dict(variant.answers)).recorded,
            "_src_path": str(questions),
        }

    def test_groundplan(self, place: Path, questions: Path, variant: Variant) -> None:
        words = command("new", "my-service", "--no-git", "--template", questions)

        assert made(place, words, variant) == {
            **offered().evaluator.complete(dict(variant.answers)).recorded,
            "_src_path": str(questions),
        }


@pytest.mark.slow
class TestTexts:
    """What is typed at an empty line is the answer, and an empty answer the default."""

    def test_copier(self, place: Path, questions: Path) -> None:
        self.hold(place, [str(COPIER), "copy", str(questions), "my-service"])

    def test_groundplan(self, place: Path, questions: Path) -> None:
        self.hold(place, command("new", "my-service", "--no-git", "--template", questions))

    def hold(self, place: Path, words: list[str]) -> None:
        typed = {"project_name": "Order Desk", "author": "Jane Doe"}
        recorded = made(place, words, covering()[0], typed)

        assert recorded["project_name"] == "Order Desk"
        assert recorded["project_slug"] == "order-desk"
        assert recorded["description"] == "Order Desk: an HTTP API built on FastAPI."
        assert recorded["author"] == "Jane Doe"
        assert not [name for name in recorded if name.startswith("typed_")]

    def test_what_is_wrong_is_refused_at_once(self, place: Path, questions: Path) -> None:
        prompts = Prompts([str(COPIER), "copy", str(questions), "my-service"], place)
        try:
            prompts.terminal.expect("called?").expect("My Service").send('"Desk"' + ENTER)
            prompts.terminal.expect("without quotes").send("\x15Desk" + ENTER)
            prompts.terminal.expect("Its name").expect("desk").send("fastapi" + ENTER)
            prompts.terminal.expect("a package that services install").send("\x03")
            prompts.terminal.finish()
        finally:
            prompts.terminal.close()


def made(
    place: Path, words: list[str], variant: Variant, typed: Mapping[str, str] | None = None
) -> dict[str, Value]:
    """Pick the answers of a variant, hold against it what is offered, and give what is recorded."""
    answers = {**variant.answers, **(typed or {})}
    possible()  # known before somebody waits at a terminal
    prompts = Prompts(words, place)
    try:
        for question in offered().questionnaire.questions:
            expected = expected_at(question.name, variant)
            if question.collects:
                boxes = {name: variant.answers[name] is True for name in offered().boxes}
                assert {*prompts.tick(question, boxes)} == {*boxes}
            elif not question.computed and expected != ():
                shown = prompts.answer(question, answers.get(question.name))
                assert expected is None or {*shown} == {*expected}, question.name
        code, text = prompts.terminal.finish()
    finally:
        prompts.terminal.close()
    assert code == 0, text
    return yaml.safe_load((place / "my-service" / ANSWERS_FILE).read_text())


def expected_at(name: str, variant: Variant) -> tuple[Value, ...] | None:
    """Give what a question has to offer: () where it is not asked, None where it takes text."""
    if name in offered().boxes:
        return ()
    if name not in offered().values:
        return None
    if name not in possible().names:
        return offered().values[name]
    values = after(possible().rows, possible().names, variant.answers, name)
    return () if offered().values[name] == TOGGLE and len(values) < 2 else tuple(values)
