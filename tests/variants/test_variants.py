"""Every variant is generated, installed alone, checked, migrated, booted, walked and ended.

What is proven by content is not run again: tests/harness/keys.py says what that means.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.keys import inputs, keys
from tests.harness.proofs import Proofs
from tests.harness.proving import keep, known_proofs, prove
from tests.harness.renders import Renders
from tests.harness.report import PROPERTY
from tests.harness.rotation import age, due_again, in_ci
from tests.harness.shards import rows
from tests.harness.stages.table import stages_of
from tests.harness.variant import Variant
from tests.harness.variants import variants
from tests.harness.workbench import workbench


class Known:
    """What was proven before, and what of it is proven again."""

    def __init__(self, renders: Renders) -> None:
        self.renders = renders
        self.proofs = Proofs()
        self.again: list[str] = []

    def keys(self, variant: Variant) -> dict[str, str]:
        """Give the key of each stage of a row; what cannot be rendered has none."""
        try:
            self.renders.get(variant.answers)
        except Exception:  # noqa: BLE001 - the first stage will say it by name
            return {}
        return keys(inputs(variant, self.renders.get(variant.answers)), stages_of(variant))

    def age(self, variant: Variant) -> str | None:
        """Tell since when what is known of a row is known."""
        return age(known_proofs(self.proofs, self.keys(variant)).values())


@pytest.fixture(scope="session")
def known(request: pytest.FixtureRequest, renders: Renders) -> Known:
    """Choose the rows that are proven whatever is known: all, or a third in CI, or none."""
    found = Known(renders)
    chosen = rows(request.session.items).values()
    if request.config.getoption("--fresh"):
        found.again = [each.name for each in chosen]
    elif in_ci():
        found.again = due_again(lambda: {each.name: found.age(each) for each in chosen})
    return found


@pytest.mark.slow
@pytest.mark.parametrize("variant", variants(), ids=str)
def test_variant(
    variant: Variant,
    known: Known,
    tmp_path: Path,
    subtests: pytest.Subtests,
    record_property: Callable[[str, object], None],
) -> None:
    by_stage = known.keys(variant)
    taken = {} if variant.name in known.again else known_proofs(known.proofs, by_stage)
    with workbench(variant, tmp_path, known.renders) as bench:
        results = prove(bench, stages_of(variant), taken, subtests)
    keep(known.proofs, by_stage, results)
    record_property(PROPERTY, results.as_document())
