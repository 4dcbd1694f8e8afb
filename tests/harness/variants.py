"""The variants that are proven: all pairs of answers, and the product of the main options."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import Final, cast

from generator.engine.values import Document
from generator.presets.places import BUILT_IN, read
from generator.presets.soundness import sound
from tests.harness.covering import Row, agrees, covering_subset
from tests.harness.growth import Growth
from tests.harness.options import Options, offered
from tests.harness.remembering import remembered
from tests.harness.values import Value
from tests.harness.variant import Variant

PRODUCT: Final = ("orm", "database", "auth")
"""Each combination of these is a variant."""

SPREAD: Final = ("orm",)
"""The rows that hold every pair of answers begin with each combination of these."""

FIRST: Final = (
    "python_version",
    "celery",
    "broker",
    "docker",
    "nginx",
    "kubernetes",
    "ci",
    "cache",
    "rate_limit",
    "http_client",
    "events",
    "uploads",
    "websockets",
)
"""The other options in the order in which they came to be. Those that are not named came later."""

SAMPLE: Final = "sample"
"""Each variant has the sample of its default; each other one occurs with every value."""

WHOLE: Final = "GROUNDPLAN_WHOLE_TABLE"
"""The variable that asks for all stages of each combination with celery and broker too: hours."""

TASKS: Final = ("celery", "broker")
SAMPLED: Final[Mapping[Value, Row]] = {"orders": {"auth": "jwt", "celery": True}}
"""Where, in the whole table, one of the other samples is proven in each combination that agrees."""

PRESETS: Final = ("minimal", "standard", "full")
"""The built-in presets. What each generates is a variant."""


def variant_of(answers: Row) -> Variant:
    """Make a variant of answers that are complete for the options that are asked."""
    return Variant(answers, name_of(answers), offered().features(answers))


def name_of(answers: Row) -> str:
    """Name it for people and for files: by its main answers, and by what is no default."""
    main = {name: answers[name] for name in (*PRODUCT, SAMPLE) if name in answers}
    product = {name: main[name] for name in PRODUCT if name in main}
    usual = offered().evaluator.complete(dict(product)).values
    others = {name: value for name, value in answers.items() if value != usual[name]}
    return "-".join(_words({**main, **others}))


@cache
def variants() -> tuple[Variant, ...]:
    """Compute the table from what copier.yml offers."""
    return tuple(variant_of(row) for row in table())


@cache
def covering() -> tuple[Variant, ...]:
    """Give the few of them in which every pair of values occurs: for what is slow."""
    return tuple(variant_of(row) for row in known(pairs))


def is_whole(variant: Variant) -> bool:
    """Whether a variant goes through all stages: each of the whole table, else where pairs are."""
    return bool(os.environ.get(WHOLE)) or variant in covering()


def variant_with(**answers: Value) -> Variant:
    """Choose the first variant of the table with some answers; else make one, of the defaults."""
    for variant in variants():
        if answers.items() <= variant.answers.items():
            return variant
    return variant_of(asked(answers))


@cache
def table() -> list[Row]:
    """Multiply out what copier.yml offers; what a built-in preset generates is in it."""
    return whole_table() if os.environ.get(WHOLE) else known(table_of_pairs)


@cache
def whole_table() -> list[Row]:
    """Multiply celery and its brokers in too, and hold every three values that go together."""
    return known(table_of_triples)


def known(make: Callable[[], list[Row]]) -> list[Row]:
    """Make a table, unless nothing has changed that it is made of."""
    return remembered(offered(), wanted(), __name__, make)


def table_of_pairs() -> list[Row]:
    """Compute what `make test` proves: the pairs, then what of the product they do not hold."""
    few = pairs()
    mains = [with_usual_sample(offered(), row) for row in product_of(offered(), PRODUCT)]
    left = [row for row in mains if not any(row.items() <= each.items() for each in few)]
    return few + [asked(row) for row in left]


def pairs() -> list[Row]:
    """Compute few rows that hold every pair of answers."""
    return rows(offered(), SPREAD, wanted())


def table_of_triples() -> list[Row]:
    """Compute what `make test-whole-table` proves."""
    return rows(offered(), (*PRODUCT, *TASKS), wanted(), SAMPLED, strength=3)


def wanted() -> list[Row]:
    """Give what the built-in presets generate, each once."""
    found: list[Row] = []
    for name in PRESETS:
        if (row := preset_row(name)) not in found:
            found.append(row)
    return found


def preset_row(name: str) -> Row:
    """Give the answers of a built-in preset to every question that is asked with it."""
    preset = sound(read(BUILT_IN / f"{name}.yml"), offered().questionnaire)
    return asked({"preset": preset.recorded})


def asked(given: Mapping[str, Value | Document]) -> Row:
    """Complete some answers, to all of the questions that are asked with them."""
    answers = offered().evaluator.complete(dict(given))
    return {
        name: cast("Value", answers.values[name])
        for name in offered().values
        if name in answers.open
    }


def rows(
    options: Options,
    product: Sequence[str],
    wanted: Sequence[Row] = (),
    sampled: Mapping[Value, Row] = MappingProxyType({}),
    strength: int = 2,
) -> list[Row]:
    """Multiply the main options out, and spread the others over them: first what is wanted.

    All combinations of so many values (``strength``) occur that are possible.
    """
    sides = sorted((each for each in options.values if each not in {*product, SAMPLE}), key=age)
    main = product_of(options, product)
    _, *others = options.values.get(SAMPLE, ("none",))
    found = [with_usual_sample(options, row) for row in main]
    for value in others:
        having = [each for row in main for each in with_sample(options, row, value, sides)]
        found.extend(few(having, sampled.get(value), strength - 1))
    return Growth(options, sides, strength).complete(found, wanted)


def product_of(options: Options, names: Sequence[str]) -> list[Row]:
    """Multiply some options out, in the order in which they are asked."""
    return list(options.combinations(name for name in options.values if name in names))


def age(option: str) -> int:
    """Order options by when they came to be, so that a new one disturbs none."""
    return FIRST.index(option) if option in FIRST else len(FIRST)


def with_usual_sample(options: Options, row: Row) -> Row:
    """Give a row with the sample that it has where nobody chooses one, if it can have any."""
    usual = options.default(row, SAMPLE)
    return {**row, SAMPLE: usual} if usual in samples(options, row) else row


def with_sample(options: Options, row: Row, value: Value, sides: Sequence[str]) -> Iterator[Row]:
    """Give a row with a sample, and with the one answer that it may need beside it; or nothing."""
    having = {**row, SAMPLE: value}
    needs = [{}, *({side: answer} for side in sides for answer in options.values[side])]
    possible = ({**having, **need} for need in needs if options.is_possible({**having, **need}))
    yield from islice(possible, 1)


def few(having: list[Row], always: Row | None, strength: int) -> list[Row]:
    """Choose the rows that are always proven, and few that hold what so many values make up."""
    chosen = [row for row in having if always and agrees(frozenset(always.items()), row)]
    return covering_subset(having, strength, chosen)


def samples(options: Options, row: Row) -> list[Value]:
    """Give the samples that go with a row."""
    values = options.values.get(SAMPLE, ())
    return [value for value in values if options.is_possible({**row, SAMPLE: value})]


def _words(answers: Mapping[str, Value]) -> Iterator[str]:
    for name, value in answers.items():
        if value is True:
            yield name
        elif value in (False, "none"):
            yield f"no-{name}"
        else:
            yield str(value)
