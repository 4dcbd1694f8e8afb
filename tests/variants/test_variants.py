"""Every variant is generated, installed alone, checked, migrated, booted, walked and ended.

What is proven by content is not run again: tests/harness/keys.py says what that means.
"""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.keys import inputs, keys
from tests.harness.proofs import Proof, Proofs
from tests.harness.proving import keep, known_proofs, prove
from tests.harness.renders import Renders
from tests.harness.report import PROPERTY
from tests.harness.rotation import age, due_again, in_ci
from tests.harness.shards import rows
from tests.harness.stages.table import stages_of
from tests.harness.variant import Variant
from tests.harness.variants import variants
from tests.harness.workbench import workbench


@pytest.fixture(scope="session")
def proofs() -> Proofs:
    """What was proven before."""
    return Proofs()


@pytest.fixture(scope="session")
def again(request: pytest.FixtureRequest, proofs: Proofs, renders: Renders) -> list[str]:
    """Name the rows that are proven whatever is known: all, or a third in CI, or none."""
    chosen = rows(request.session.items).values()
    if request.config.getoption("--fresh"):
        return [variant.name for variant in chosen]
    if not in_ci():
        return []
    return due_again(
        lambda: {each.name: age(known(each, proofs, renders)[1].values()) for each in chosen}
    )


def known(
    variant: Variant, proofs: Proofs, renders: Renders
) -> tuple[dict[str, str], dict[str, Proof]]:
    """Give the keys of a row's stages, and the proofs that are there for them."""
    found = keys(inputs(variant, renders.get(variant.answers)), stages_of(variant))
    return found, known_proofs(proofs, found)


@pytest.mark.slow
@pytest.mark.parametrize("variant", variants(), ids=str)
def test_variant(
    variant: Variant,
    renders: Renders,
    proofs: Proofs,
    again: list[str],
    tmp_path: Path,
    subtests: pytest.Subtests,
    record_property: Callable[[str, object], None],
) -> None:
    by_stage, proven = known(variant, proofs, renders)
    with workbench(variant, tmp_path, renders) as bench:
        taken = {} if variant.name in again else proven
        results = prove(bench, stages_of(variant), taken, subtests)
    keep(proofs, by_stage, results)
    record_property(PROPERTY, results.as_document())
