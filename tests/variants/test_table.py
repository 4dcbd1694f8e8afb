"""The table of variants: complete in its product, and in the pairs of all options."""

import random
from itertools import combinations, product
from pathlib import Path
from textwrap import dedent

import pytest

from generator.engine.questionnaire import Questionnaire, load
from generator.engine.questions import Question
from tests.harness import remembering
from tests.harness.covering import Row, covering_subset, interactions
from tests.harness.options import Options, offered
from tests.harness.variants import SPREAD, covering, rows, variants, wanted, whole_table

PLANNED = """
    orm: {type: str, choices: [sqlalchemy, sqlmodel, tortoise, none], default: sqlalchemy}
    database:
      type: str
      choices: [postgresql, mysql, sqlite]
      default: postgresql
      when: "{{ orm != 'none' }}"
    auth:
      type: str
      choices: [jwt, api_key, both, none]
      default: "{{ 'none' if orm == 'none' else 'jwt' }}"
      validator: "{% if orm == 'none' and auth in ['jwt', 'both'] %}no users{% endif %}"
    celery: {type: bool, default: false}
    broker: {type: str, choices: [redis, rabbitmq], default: redis, when: "{{ celery }}"}
    sample:
      type: str
      choices: [items, orders, none]
      default: "{{ 'none' if orm == 'none' else 'items' }}"
      when: "{{ orm != 'none' }}"
      validator: "{% if sample == 'orders' and auth == 'none' %}orders belong to someone{% endif %}"
    cache: {type: bool, default: false}
    rate_limit: {type: bool, default: false}
    uploads: {type: bool, default: false}
    metrics: {type: bool, default: false}
    docker: {type: bool, default: true}
    kubernetes: {type: bool, default: true}
    ci: {type: str, choices: [github, gitlab, none], default: github}
    python_version: {type: str, choices: ["3.13", "3.12", "3.11"], default: "3.13"}
"""
"""A questionnaire of the size that this one is to grow to."""

MAIN = ("orm", "database", "auth", "celery", "broker")


@pytest.fixture(scope="module")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Options:
    folder = tmp_path_factory.mktemp("planned")
    (folder / "copier.yml").write_text(dedent(PLANNED))
    return Options(load(folder))


def possible_pairs(options: Options) -> set[frozenset[tuple[str, str | bool]]]:
    """Find every pair that some complete set of answers holds, by trying all values of three."""
    names = list(options.values)
    found: set[frozenset[tuple[str, str | bool]]] = set()
    for first, second in combinations(names, 2):
        for values in product(options.values[first], options.values[second]):
            pair = dict(zip((first, second), values, strict=True))
            if any(options.is_possible({**more, **pair}) for more in single(options)):
                found.add(frozenset(pair.items()))
    return found


def single(options: Options) -> list[Row]:
    """List answers to nothing, and each answer to one question."""
    return [{}, *({name: value} for name, values in options.values.items() for value in values)]


def product_with(table: list[Row], sample: str) -> set[tuple[str | bool | None, ...]]:
    """Give the combinations of the product that occur with a sample."""
    return {tuple(row.get(name) for name in MAIN) for row in table if row.get("sample") == sample}


class TestOffered:
    def test_product_is_complete_and_without_repetition(self) -> None:
        names = [variant.name for variant in variants()]

        assert len(names) == len(set(names)) >= 9

    def test_every_possible_pair_occurs(self) -> None:
        found = {pair for each in variants() for pair in interactions(dict(each.answers), 2)}

        assert possible_pairs(offered()) <= found

    def test_the_covering_variants_hold_the_same_pairs(self) -> None:
        every = {pair for each in variants() for pair in interactions(dict(each.answers), 2)}
        few = {pair for each in covering() for pair in interactions(dict(each.answers), 2)}

        assert every == few


@pytest.fixture(scope="module", params=["first", "in the middle", "last"])
def grown(request: pytest.FixtureRequest) -> list[Row]:
    """The table with one more option, wherever that is asked."""
    today = offered().questionnaire
    last = today.questions.index(today.asked[-1])
    place = {"first": 0, "in the middle": last // 2, "last": last + 1}[request.param]
    questions = [*today.questions]
    questions.insert(place, Question("made_up", {"type": "bool", "default": False}))
    options = Options(Questionnaire(today.settings, tuple(questions)))
    return rows(options, SPREAD, [{**row, "made_up": False} for row in wanted()])


class TestGrowth:
    """A new option leaves the rows as they were, and is on where its pairs need it."""

    def test_other_columns(self, grown: list[Row]) -> None:
        kept = [{name: row[name] for name in row if name != "made_up"} for row in grown]

        assert kept[: len(covering())] == [dict(variant.answers) for variant in covering()]
        assert len(grown) <= len(covering()) + 2

    def test_off_unless_needed(self, grown: list[Row]) -> None:
        on = [row for row in grown if row["made_up"]]
        values = {item for row in grown for item in row.items()} - {("made_up", False)}

        assert {item for row in on for item in row.items()} == values
        assert len(on) <= len(variants()) / 5

    def test_both_ways(self, grown: list[Row]) -> None:
        pairs = {pair for variant in variants() for pair in interactions(dict(variant.answers), 1)}
        found = {pair for row in grown for pair in interactions(row, 2)}

        assert found >= {pair | {("made_up", on)} for pair in pairs for on in (True, False)}


class TestRemembered:
    def test_computed_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A table is taken only while the questions and the wishes that made it are the same."""
        monkeypatch.setattr(remembering, "FOLDER", tmp_path)
        made: list[int] = []

        def make() -> list[Row]:
            made.append(1)
            return [{"number": str(len(made))}]

        def take(options: Options, wishes: list[Row]) -> Row:
            return remembering.remembered(options, wishes, "tests.harness.growth", make)[0]

        assert take(offered(), []) == take(offered(), []) == {"number": "1"}
        assert take(offered(), wanted()) == {"number": "2"}
        today = offered().questionnaire
        last = today.questions.index(today.asked[-1])
        fewer = Options(Questionnaire(today.settings, today.questions[: last + 1]))
        assert take(fewer, []) == {"number": "3"}


class TestWhole:
    """`make test-whole-table`."""

    def test_main(self) -> None:
        main = {tuple(row.get(name) for name in MAIN) for row in whole_table()}

        assert main == {
            tuple(row.get(name) for name in MAIN) for row in offered().combinations(MAIN)
        }

    def test_every_possible_triple_occurs(self) -> None:
        """No set of answers, chosen by chance, has three values that it does not hold."""
        found = {each for row in whole_table() for each in interactions(row, 3)}
        chance = random.Random(16)  # noqa: S311 - the same each time
        tried = [at_random(chance) for _ in range(500)]
        possible = [row for row in tried if offered().is_possible(row)]

        assert len(possible) > 100
        assert {each for row in possible for each in interactions(row, 3)} - found == set()

    def test_is_larger(self) -> None:
        """It holds what `make test` holds; eight machines prove it, in half an hour each."""
        assert len(variants()) < len(whole_table()) <= 8 * 25


def at_random(chance: random.Random) -> Row:
    """Answer everything by chance; what is then not asked is not answered."""
    row: Row = {}
    for name, values in offered().values.items():
        more = {**row, name: chance.choice(values)}
        row = more if offered().is_possible(more) else row
    return row


class TestPlanned:
    """The table grows: 114 variants of the product, and the other options by pairs."""

    def test_product(self, planned: Options) -> None:
        assert len(list(planned.combinations(MAIN))) == 114

    def test_pairs(self, planned: Options) -> None:
        table = rows(planned, MAIN)

        found = {pair for row in table for pair in interactions(row, 2)}
        assert possible_pairs(planned) <= found
        assert all(planned.is_possible(row) for row in table)
        assert len(table) <= 126

    def test_each_of_the_product_has_the_first_sample_that_it_can_have(
        self, planned: Options
    ) -> None:
        assert len(product_with(rows(planned, MAIN), "items")) == 108  # six have no database

    def test_another_sample_with_every_value(self, planned: Options) -> None:
        table = [row for row in rows(planned, MAIN) if row.get("sample") == "none"]

        values = {value for row in table for value in row.items()}
        assert {
            (name, value)
            for name, offered_ in planned.values.items()
            for value in offered_
            if (name, value) != ("orm", "none") and name != "sample"
        } <= values

    def test_another_sample_in_all_that_agree(self, planned: Options) -> None:
        table = rows(planned, MAIN, sampled={"orders": {"auth": "jwt", "celery": True}})

        having = product_with(table, "orders")
        every = product(planned.values["orm"][:3], planned.values["database"], ("jwt",), (True,))
        assert having >= {(*row, broker) for row in every for broker in planned.values["broker"]}
        assert len(having) <= 18 + 3
        assert len(table) <= 144

    def test_few_rows_cover_the_pairs(self, planned: Options) -> None:
        assert len(covering_subset(rows(planned, MAIN))) <= 40
