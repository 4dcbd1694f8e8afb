"""The built-in presets keep their promises, and what they generate is proven as a variant.

When an option is added, these say whether it belongs into generator/presets/builtin/minimal.yml or
full.yml. standard.yml stays empty: it is the defaults, whatever they are.
"""

from collections.abc import Iterator

import pytest

from tests.harness.covering import Row
from tests.harness.options import offered
from tests.harness.places import ROOT
from tests.harness.variants import PRESETS, preset_row, rows, variants

FILES = ROOT / "generator" / "presets" / "builtin"


def test_all_are_here() -> None:
    assert sorted(PRESETS) == sorted(path.stem for path in FILES.iterdir())


@pytest.mark.parametrize("name", PRESETS)
def test_is_a_variant(name: str) -> None:
    """So it is generated, installed alone, booted, walked and ended: test_variants.py."""
    assert preset_row(name) in [dict(variant.answers) for variant in variants()]


def test_standard_is_the_default() -> None:
    defaults = offered().evaluator.complete({}).values

    assert all(defaults[name] == value for name, value in preset_row("standard").items())


def test_minimal_is_the_smallest() -> None:
    """Set in minimal.yml what a single change of an answer would leave out."""
    own = offered().features(preset_row("minimal"))

    smaller = [change for change, row in changes("minimal") if offered().features(row) < own]
    assert smaller == []


def test_full_has_everything() -> None:
    """Set in full.yml what a single change of an answer would add."""
    own = offered().features(preset_row("full"))

    larger = [change for change, row in changes("full") if offered().features(row) > own]
    assert larger == []


def test_full_switches_everything_on() -> None:
    toggles = [name for name, values in offered().values.items() if values == (True, False)]

    assert [name for name in toggles if preset_row("full").get(name) is not True] == []


def test_wanted_rows_replace_others() -> None:
    """No render is proven twice: a preset takes the place of the row that it belongs to."""
    product = ("orm", "database")
    plain = rows(offered(), product)
    wanted = {**plain[1], "ci": "none", "python_version": "3.11"}

    found = rows(offered(), product, [wanted])

    assert wanted != plain[1]
    assert found[1] == wanted
    assert [row for row in found[2:] if row == wanted] == []


def changes(preset: str) -> Iterator[tuple[str, Row]]:
    """Give each possible change of one answer; what is asked because of it takes its default."""
    row = preset_row(preset)
    for name, values in offered().values.items():
        for value in values:
            kept = {other: each for other, each in row.items() if other != name}
            if value != row.get(name) and offered().is_possible(kept | {name: value}):
                yield f"{name}={value}", {**kept, name: value}
