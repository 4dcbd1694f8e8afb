"""What an answer switches on, read from the table of the template."""

from contextlib import suppress
from pathlib import Path

import pytest

from generator.engine.answers import Answers
from generator.engine.evaluator import Evaluator
from generator.engine.implications import Implications, overruled, possible
from generator.engine.questionnaire import load
from generator.engine.questions import Question
from generator.engine.values import Document
from generator.errors import AnswerError
from tests.generator.support import FILES, write_tree
from tests.harness.places import ROOT

TABLE = """\
    base: true
    store: {{ store != "none" }}
    disk: {{ store == "disk" }}
    cache: {{ cache }}
    proxy: {{ proxy }}
    box: {{ proxy or box }}
"""


def implied(template: Path, name: str) -> dict[str, tuple[str, ...]]:
    questionnaire = load(template)
    question = next(one for one in questionnaire.questions if one.name == name)
    return Implications(Evaluator(questionnaire)).of(question)


class TestToy:
    def test_choice(self, toy: Path) -> None:
        assert implied(toy, "store") == {"disk": ("store", "disk"), "none": ()}

    def test_implication_behind_a_default_that_is_on(self, toy: Path) -> None:
        """`box` is on anyway, so a look at the defaults alone would miss that proxy implies it."""
        assert implied(toy, "proxy") == {"true": ("proxy", "box"), "false": ()}
        assert implied(toy, "box") == {"true": ("box",), "false": ()}

    def test_what_another_answer_demands_is_not_implied(self, toy: Path) -> None:
        """`cache` works only with a store, and yet it is the store that switches `disk` on."""
        assert implied(toy, "cache") == {"true": ("cache",), "false": ()}

    def test_text_implies_nothing(self, toy: Path) -> None:
        assert implied(toy, "name") == {}
        assert implied(toy, "size") == {}

    def test_follows_the_table(self, tmp_path: Path) -> None:
        changed = TABLE.replace("box: {{ proxy or box }}", "box: {{ proxy or cache or box }}")
        questions = FILES["copier.yml"].replace(TABLE, changed)
        template = write_tree(tmp_path / "other", {**FILES, "copier.yml": questions})

        assert implied(template, "cache")["true"] == ("cache", "box")

    def test_what_is_on_anyway_is_not_implied(self, tmp_path: Path) -> None:
        changed = TABLE.replace("{{ proxy or box }}", "{{ proxy or not proxy }}")
        questions = FILES["copier.yml"].replace(TABLE, changed)
        template = write_tree(tmp_path / "other", {**FILES, "copier.yml": questions})

        assert implied(template, "proxy")["true"] == ("proxy",)

    def test_through_a_computed_answer(self, tmp_path: Path) -> None:
        computed = (
            "\nboxed: {type: bool, when: false, default: '{{ proxy or box }}'}\n---\nswitches:"
        )
        questions = FILES["copier.yml"].replace("\nswitches:", computed)
        questions = questions.replace("box: {{ proxy or box }}", "box: {{ boxed }}")
        template = write_tree(tmp_path / "other", {**FILES, "copier.yml": questions})

        assert implied(template, "proxy")["true"] == ("proxy", "box")

    def test_template_without_a_table(self, tmp_path: Path) -> None:
        write_tree(tmp_path, {"copier.yml": "a: {type: bool, default: true}\n"})

        assert implied(tmp_path, "a") == {"true": (), "false": ()}


class TestReal:
    def test_orm(self) -> None:
        found = implied(ROOT, "orm")

        assert found["sqlalchemy"] == ("layers", "database", "alembic", "sqlalchemy")
        assert found["none"] == ()

    def test_database(self) -> None:
        found = implied(ROOT, "database")

        assert found["postgresql"] == ("server_password", "postgresql", "database_server")
        assert found["sqlite"] == ("sqlite",)


class TestPossible:
    @pytest.mark.parametrize(
        ("question", "values"),
        [
            (Question("it", {"type": "bool"}), (True, False)),
            (Question("it", {"type": "str", "choices": ["a", "b"]}), ("a", "b")),
            (Question("it", {"type": "str"}), ()),
            (Question("it", {"type": "bool", "when": False}), ()),
            (Question("it", {"type": "str", "choices": ["a"], "multiselect": True}), ()),
        ],
    )
    def test_values(self, question: Question, values: tuple[object, ...]) -> None:
        assert possible(question) == values


def test_each_combination_is_answered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And only those of what was declined: somebody waits for the sentence at a prompt."""
    evaluator = Evaluator(load(ROOT))
    answers = evaluator.complete({"sample": "predict", "http_client": False})
    answered = list[str]()
    complete = Evaluator.complete

    def note(evaluator: Evaluator, given: Document) -> Answers:
        answered.append(repr(given))
        return complete(evaluator, given)

    monkeypatch.setattr(Evaluator, "complete", note)
    (sentence,) = overruled(evaluator, answers)

    assert "because of sample=predict" in sentence
    assert len(answered) == len(set(answered)) < 500


def test_no_default_is_overruled() -> None:
    """What another answer brings is on by default: nobody is told of a no that nobody said."""
    evaluator = Evaluator(load(ROOT))
    said = dict[str, list[str]]()
    for question in evaluator.questionnaire.asked:
        for value in possible(question):
            with suppress(AnswerError):
                answers = evaluator.complete({question.name: value})
                declined = {
                    each.name
                    for each in evaluator.questionnaire.asked
                    if each.name != question.name and answers.values.get(each.name) is False
                }
                said[f"{question.name}={value}"] = sorted(declined.intersection(answers.features))

    assert {answer: names for answer, names in said.items() if names} == {}
    assert "sample=predict" in said
