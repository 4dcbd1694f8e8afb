"""From what is given to a complete set of answers, or a sentence."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations, product
from pathlib import Path
from unittest.mock import patch

import copier
import pytest
import yaml

from generator.engine.answers import Answers
from generator.engine.evaluator import Evaluator
from generator.engine.implications import possible
from generator.engine.questionnaire import Questionnaire, load
from generator.engine.questions import Question
from generator.engine.values import Document
from generator.errors import AnswerError
from tests.harness.compiling import copied_once
from tests.harness.places import ROOT

QUESTIONNAIRE = load(ROOT)
EVALUATOR = Evaluator(QUESTIONNAIRE)
OFFERED = {each.name: each for each in QUESTIONNAIRE.asked if possible(each)}
"""The real questions that offer a choice."""


def one(details: Document) -> Evaluator:
    """Return an evaluator of one question called `it`."""
    return Evaluator(Questionnaire({}, (Question("it", details),)))


@pytest.fixture
def evaluator(toy: Path) -> Evaluator:
    return Evaluator(load(toy))


class TestDefaults:
    def test_all(self, evaluator: Evaluator) -> None:
        answers = evaluator.complete({})

        assert answers.values["slug"] == "toy"
        assert answers.values["cache"] is False
        assert answers.features == ("base", "store", "disk", "box")

    def test_open(self, evaluator: Evaluator) -> None:
        assert evaluator.complete({}).open == {
            *("name", "slug", "store", "size", "cache", "proxy", "box")
        }
        assert "size" not in evaluator.complete({"store": "none"}).open

    def test_follow_from_what_is_given(self, evaluator: Evaluator) -> None:
        assert evaluator.complete({"name": "Lamp"}).values["slug"] == "lamp"

    def test_not_valid(self, evaluator: Evaluator) -> None:
        with pytest.raises(AnswerError) as caught:
            evaluator.complete({"name": "two words"})

        assert str(caught.value) == (
            'slug="two words" is refused: write it without spaces; '
            "it follows from your other answers, so give your own with --slug"
        )

    def test_missing(self) -> None:
        with pytest.raises(AnswerError, match="it has no default: give it with --it"):
            one({"type": "str"}).complete({})

    def test_missing_and_not_asked(self) -> None:
        assert one({"type": "str", "when": "{{ false }}"}).complete({}).values == {}

    def test_no_features_at_all(self) -> None:
        assert Answers({}, frozenset()).features == ()


class TestRefused:
    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"stor": "disk"}, 'there is no question "stor": did you mean "store"?'),
            ({"Store": "disk"}, 'there is no question "Store": did you mean "store"?'),
            (
                {"entirely": "1"},
                'there is no question "entirely": `groundplan options` lists them all',
            ),
            ({"store": "disc"}, "store=disc is not possible: choose disk or none"),
            ({"store": ""}, 'store="" is not possible: choose disk or none'),
            ({"size": "big"}, "size=big is not a whole number"),
            ({"cache": "fasle"}, "cache=fasle is not yes or no: use true or false"),
            ({"name": ""}, 'name="" is refused: give it a name'),
            (
                {"cache": "yes", "store": "none"},
                "cache=true needs a store: choose store=disk",
            ),
            (
                {"store": "none", "size": "4"},
                (
                    "size=4 has no effect, because it is asked only when store == 'disk': "
                    "leave it out, or change that answer"
                ),
            ),
            (
                {"features": "[cache]"},
                (
                    "features=['cache'] is refused: "
                    "computed from the other answers, so it cannot be set"
                ),
            ),
        ],
    )
    def test_sentence(self, evaluator: Evaluator, given: Document, sentence: str) -> None:
        with pytest.raises(AnswerError) as caught:
            evaluator.complete(given)

        assert str(caught.value) == sentence

    def test_choice_that_is_taken_away(self) -> None:
        details: Document = {
            "type": "str",
            "choices": {"A": {"value": "a", "validator": "too old"}},
        }

        with pytest.raises(AnswerError, match="it=a is refused: too old"):
            one({**details, "default": "a"}).complete({"it": "a"})

    def test_one_of_several(self) -> None:
        details: Document = {"type": "str", "multiselect": True, "choices": ["a", "b"]}

        with pytest.raises(AnswerError, match="it=c is not possible: choose a or b"):
            one(details).complete({"it": "[a, c]"})
        with pytest.raises(AnswerError, match=r"it=a is not a list: write \[one, another\]"):
            one(details).complete({"it": "a"})


class TestAccepted:
    def test_hidden_with_its_default(self, evaluator: Evaluator) -> None:
        """A script that spells out every answer says nothing wrong."""
        assert evaluator.complete({"store": "none", "size": "3"}).values["size"] == 3

    def test_typed(self, evaluator: Evaluator) -> None:
        values = evaluator.complete({"size": "4", "cache": "on"}).values

        assert values["size"] == 4
        assert values["cache"] is True


class TestCheckGiven:
    """What can be said before anyone is asked."""

    def test_unknown(self, evaluator: Evaluator) -> None:
        with pytest.raises(AnswerError, match="did you mean"):
            evaluator.check_given({"stor": "disk"})

    def test_not_offered(self, evaluator: Evaluator) -> None:
        with pytest.raises(AnswerError, match="choose disk or none"):
            evaluator.check_given({"store": "disc"})

    def test_wrong_type(self, evaluator: Evaluator) -> None:
        with pytest.raises(AnswerError, match="whole number"):
            evaluator.check_given({"size": "big"})

    def test_what_other_answers_may_mend(self, evaluator: Evaluator) -> None:
        evaluator.check_given({"cache": "true", "size": "4", "name": "two words"})


@pytest.mark.slow
class TestAgainstCopier:
    """The real questions: the evaluator and Copier say the same."""

    @pytest.mark.parametrize("name", OFFERED)
    def test_everything_that_a_question_depends_on(self, tmp_path: Path, name: str) -> None:
        template = questions_alone(QUESTIONNAIRE, tmp_path)
        words = re.findall(r"\w+", yaml.safe_dump(OFFERED[name].details))

        for given in products(each for each in OFFERED if each in words and each != name):
            compare(template, given)
            for value in possible(OFFERED[name]):
                compare(template, {**given, name: value})

    @pytest.mark.parametrize(("name", "other"), list(combinations(OFFERED, 2)))
    def test_pair(self, tmp_path: Path, name: str, other: str) -> None:
        template = questions_alone(QUESTIONNAIRE, tmp_path)

        for given in products([name, other]):
            compare(template, given)


def products(names: Iterable[str]) -> Iterator[Document]:
    """Multiply out what can be answered to some questions."""
    names = list(names)
    for values in product(*(possible(OFFERED[name]) for name in names)):
        yield dict(zip(names, values, strict=True))


def compare(template: Path, given: Document) -> None:
    theirs = copiers(template, given)
    ours = completed(EVALUATOR, given)
    if isinstance(ours, dict):
        assert ours == theirs
    elif theirs is not None:
        idle, _, sentence = ours.partition("=")
        assert "has no effect" in sentence
        without = {name: value for name, value in given.items() if name != idle}
        assert theirs["features"] == (copiers(template, without) or {})["features"]


def completed(evaluator: Evaluator, given: Document) -> Document | str:
    try:
        return evaluator.complete(given).values
    except AnswerError as error:
        return str(error)


def questions_alone(questionnaire: Questionnaire, folder: Path) -> Path:
    """Write a template that asks and renders nothing."""
    document = {one.name: one.details for one in questionnaire.questions}
    settings = {"_envops": questionnaire.settings["_envops"]}
    text = yaml.safe_dump({**settings, **document}, sort_keys=False)
    (folder / "copier.yml").write_text(text)
    return folder


def copiers(template: Path, given: Document) -> Document | None:
    """Return Copier's answers, or nothing when it refuses; git is not asked whose folder it is."""
    try:
        with copied_once(), patch("copier._template.get_repo", return_value=None):
            worker = copier.run_copy(
                str(template),
                template / "my-service",
                dict(given),
                defaults=True,
                pretend=True,
                quiet=True,
                settings=copier.Settings(),
            )
    except ValueError:
        return None
    return dict(worker.answers.user)
