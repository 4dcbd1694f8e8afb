"""The table of variants: complete in its product, and in the pairs of all options."""

from itertools import combinations, product
from textwrap import dedent

import pytest

from generator.engine.questionnaire import load
from tests.harness.covering import Row, covering_subset, interactions
from tests.harness.options import Options, offered
from tests.harness.variants import covering, rows, variants

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
