"""The variants that are proven: the product of the main options, the others by pairs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final, cast

from generator.presets.places import BUILT_IN, read
from generator.presets.soundness import sound
from tests.harness.covering import Completion, Row, agrees, covering_subset
from tests.harness.options import Options, Value, offered

PRODUCT: Final = ("orm", "database", "auth", "celery", "broker")
"""Each combination of these is a variant; every pair with the remaining options occurs in one."""

SAMPLE: Final = "sample"
"""Each variant has the first sample that it can have; each other one occurs with every value."""

SAMPLED: Final[Mapping[Value, Row]] = {}
"""Where one of the other samples is proven in each combination of the product that agrees."""

PRESETS: Final = ("minimal", "standard", "full")
"""The built-in presets. What each generates is a variant."""


@dataclass(frozen=True)
class Variant:
    """A set of answers, complete for the options that are asked."""

    answers: Mapping[str, Value]

    @cached_property
    def name(self) -> str:
        """Name it for people and for files: by its main answers, and by what is no default."""
        main = {name: self.answers[name] for name in (*PRODUCT, SAMPLE) if name in self.answers}
        usual = offered().evaluator.complete(dict(main)).values
        others = {name: value for name, value in self.answers.items() if value != usual[name]}
        return "-".join(_words({**main, **others}))

    @cached_property
    def features(self) -> frozenset[str]:
        """Name what is on."""
        return offered().features(self.answers)

    def __str__(self) -> str:
        return self.name


@cache
def variants() -> tuple[Variant, ...]:
    """Compute the table from what copier.yml offers."""
    return tuple(Variant(row) for row in table())


@cache
def covering() -> tuple[Variant, ...]:
    """Choose a few of them, in which every pair of values occurs as well: for what is slow."""
    return tuple(Variant(row) for row in covering_subset(table()))


def variant_with(*features: str, without: str = "") -> Variant:
    """Choose the first variant that has some features, and not another one.

    It has no broker unless that is asked for.
    """
    return next(
        variant
        for variant in variants()
        if variant.features.issuperset(features) and without not in variant.features
        if "celery" in features or "celery" not in variant.features
    )


@cache
def table() -> list[Row]:
    """Multiply out what copier.yml offers; what a built-in preset generates is in it."""
    wanted: list[Row] = []
    for name in PRESETS:
        if (row := preset_row(name)) not in wanted:
            wanted.append(row)
    return rows(offered(), PRODUCT, wanted)


def preset_row(name: str) -> Row:
    """Give the answers of a built-in preset to every question that is asked with it."""
    preset = sound(read(BUILT_IN / f"{name}.yml"), offered().questionnaire)
    answers = offered().evaluator.complete({"preset": preset.recorded})
    return {
        name: cast("Value", answers.values[name])
        for name in offered().values
        if name in answers.open
    }


def rows(
    options: Options,
    product: Sequence[str],
    wanted: Sequence[Row] = (),
    sampled: Mapping[Value, Row] = SAMPLED,
) -> list[Row]:
    """Multiply the main options out, and spread the others over them: first what is wanted."""
    sides = [name for name in options.values if name not in product and name != SAMPLE]
    main = list(options.combinations(name for name in options.values if name in product))
    first, *others = options.values.get(SAMPLE, ("none",))
    found = [{**row, SAMPLE: first} if first in samples(options, row) else row for row in main]
    for value in others:
        having = [{**row, SAMPLE: value} for row in main if value in samples(options, row)]
        found.extend(few(having, sampled.get(value)))
    return Completion(options, sides).complete(found, wanted)


def few(having: list[Row], always: Row | None) -> list[Row]:
    """Choose the rows that are always proven, and a few in which every other value occurs."""
    chosen = [row for row in having if always and agrees(frozenset(always.items()), row)]
    return covering_subset(having, strength=1, chosen=chosen)


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
