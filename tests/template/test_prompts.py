"""What a prompt offers: every choice that leads to a service, and none that leads to none.

Copier runs no validator on what is picked, so a choice that the answers so far make impossible must
not be there to be picked. Terminals are walked in tests/generator/test_prompts.py; here, without
one, each choice that is on the way, and each preset that locks one answer or two.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import cast

import pytest

from generator.engine.values import Document
from generator.errors import AnswerError
from tests.harness.covering import Row, interactions
from tests.harness.options import BOXES, offered
from tests.harness.prompts import Asked, Pick, Possible, Walk, after, choosing, tied, walk
from tests.harness.questioning import answered, locking, questions_of, todays_questions
from tests.harness.switches import TOGGLE
from tests.harness.values import Value
from tests.harness.variant import Variant
from tests.harness.variants import asked, covering, variants

Lock = Mapping[str, Value]


@pytest.fixture(scope="session")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template of today's questions."""
    return questions_of(todays_questions(), tmp_path_factory.mktemp("prompts") / "template")


@cache
def possible() -> Possible:
    return Possible(offered())


@pytest.mark.parametrize("variant", covering(), ids=lambda variant: variant.name)
def test_way_to_a_variant(questions: Path, variant: Variant) -> None:
    """Whoever picks its answers one by one ends with it, and is offered all that is possible."""
    way = walk(questions, choosing(variant.answers), {})

    assert chosen(way) == variant.answers
    hold_against(possible().rows, way)


def test_other_turns() -> None:
    """Each turn that a way could take as well leads to a service of which every pair is proven."""
    proven = {pair for variant in variants() for pair in interactions({**variant.answers}, 2)}
    turned = [completed(turn) for variant in covering() for turn in turns(variant.answers)]
    ends = [end for end in turned if end]

    assert len(ends) > len(covering())
    for end in ends:
        assert interactions(end, 2) <= proven, end


@pytest.mark.slow
class TestLocks:
    """A question that a lock leaves one answer is not asked, and no way ends before a lock."""

    @pytest.mark.parametrize("name", list(offered().values))
    def test_one(self, questions: Path, name: str) -> None:
        for value in offered().values[name]:
            hold_lock(questions, {name: value})

    @pytest.mark.parametrize("names", sorted(map(sorted, tied(offered()))), ids="-".join)
    def test_two(self, questions: Path, names: list[str]) -> None:
        first, second = (offered().values[name] for name in names)
        for values in product({first[0], first[-1]}, {second[0], second[-1]}):
            hold_lock(questions, dict(zip(names, values, strict=True)))


class TestGiven:
    """What the command line gives is an answer so far, too."""

    @pytest.mark.parametrize(
        ("given", "name", "gone"),
        [
            ({"auth": "jwt"}, "orm", "none"),
            ({"database": "mysql"}, "orm", "none"),
            ({"sample": "items"}, "orm", "none"),
            ({"kubernetes": "true"}, "database", "sqlite"),
            ({"sample": "orders"}, "celery", False),
            ({"nginx": "yes"}, "docker", False),
            ({"kubernetes": True}, "docker", False),
            ({"cache": True}, "cache", False),
        ],
    )
    def test_excludes(
        self, questions: Path, given: dict[str, Value], name: str, gone: Value
    ) -> None:
        way = walk(questions, choosing({}), given)

        assert gone not in way.offered.get(name, ())
        assert way.answers[name] != gone
        assert recorded(way) == way.answers

    def test_nothing_without_it(self, questions: Path) -> None:
        way = walk(questions, choosing({}), {"kubernetes": "false"})

        assert "sqlite" in way.offered["database"]


class TestBoxes:
    """One question for what is added; what is ticked is recorded under its own name."""

    def test_ticked(self, questions: Path) -> None:
        way = walk(questions, choosing({"cache": True}), {})

        assert (way.answers["cache"], way.answers["rate_limit"]) == (True, False)
        assert BOXES not in way.answers

    def test_what_the_sample_needs_is_ticked(self, questions: Path) -> None:
        way = walk(questions, choosing({"sample": "predict"}), {})

        assert (way.answers["http_client"], way.answers["events"]) == (True, False)

    def test_proposed_by_a_preset(self, questions: Path) -> None:
        preset = locking({}, defaults={"cache": True})
        for picked in ({}, {"cache": False}):
            way = walk(questions, choosing(picked), {"preset": preset})

            assert way.answers["cache"] is picked.get("cache", True)

    def test_what_is_locked_is_not_there(self, questions: Path) -> None:
        way = walk(questions, choosing({}), {"preset": locking({"cache": True})})

        assert "cache" not in way.offered
        assert "rate_limit" in way.offered
        assert way.answers["cache"] is True

    def test_nothing_left_to_tick(self, questions: Path) -> None:
        given = dict.fromkeys(offered().boxes, False)

        assert BOXES not in [asked.name for asked in walk(questions, choosing({}), given).asked]

    def test_recorded_and_changed_singly(self, questions: Path, tmp_path: Path) -> None:
        for given, expected in (({"cache": True}, True), ({}, True), ({"cache": False}, False)):
            recorded = answered(questions, tmp_path / "service", given)

            assert recorded["cache"] is expected
            assert BOXES not in recorded


def hold_lock(questions: Path, lock: Lock) -> None:
    """Walk twice under a lock: by what is offered first, and by what is offered last."""
    preset = locking(lock)
    try:
        asked({"preset": cast("Document", preset)})
    except AnswerError:
        return  # no preset says this: `groundplan preset validate` refuses it
    rows = possible().under(lock)
    for place in (0, -1):
        way = walk(questions, by_place(place), {"preset": preset})
        assert all(way.answers.get(name, value) == value for name, value in lock.items())
        assert recorded(way) == {**way.answers, **needed(way)}
        hold_against(rows, way, lock)


def needed(way: Walk) -> dict[str, bool]:
    """Give the boxes that were left empty, and that another answer needs, as is said in the end."""
    features = offered().features(chosen(way))
    empty = (name for name in offered().boxes if way.answers.get(name) is False)
    return {name: True for name in empty if name in features}


def hold_against(rows: list[dict[str, Value]], way: Walk, lock: Lock | None = None) -> None:
    """Compare what was offered with what leads to one of the rows."""
    for name in offered().boxes:
        if name not in possible().names:
            assert way.offered.get(name, ()) == (() if name in (lock or {}) else TOGGLE), name
    for name in possible().names:
        expected = after(rows, possible().names, chosen(way), name)
        if name in (lock or {}) or (offered().values[name] == TOGGLE and len(expected) < 2):
            expected = set[Value]()
        assert {*way.offered.get(name, ())} == expected, f"{name} after {way.answers}"


def by_place(place: int) -> Pick:
    """Pick the first or the last choice, all boxes or none, and the default of a text."""

    def pick(asked: Asked) -> Value | list[Value]:
        if asked.has_boxes:
            return [*asked.offered] if place == 0 else []
        return asked.offered[place] if asked.offered else asked.default

    return pick


def recorded(way: Walk) -> Mapping[str, object]:
    """Give what the command records for the same answers."""
    return offered().evaluator.complete({**cast("Document", way.answers)}).recorded


def chosen(way: Walk) -> dict[str, Value]:
    return {name: value for name, value in way.answers.items() if name in offered().values}


def turns(row: Mapping[str, Value]) -> Iterable[dict[str, Value]]:
    """Leave a row at each of its questions, by each other choice."""
    for number, name in enumerate(row):
        prefix = dict(list(row.items())[:number])
        for value in offered().values[name]:
            yield {**prefix, name: value}


def completed(turn: Row) -> Row:
    """Take the defaults from there on; nothing where this turn is not offered."""
    try:
        return asked({**turn})
    except AnswerError:
        return {}
