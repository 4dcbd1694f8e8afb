"""Every variant is generated, installed alone, checked, migrated, booted, walked and ended."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.harness.bytecode import Bytecode
from tests.harness.renders import Renders
from tests.harness.report import PROPERTY
from tests.harness.results import Results
from tests.harness.stages import STAGES
from tests.harness.variants import Variant, variants
from tests.harness.workbench import workbench


@pytest.mark.slow
@pytest.mark.parametrize("variant", variants(), ids=str)
def test_variant(
    variant: Variant,
    renders: Renders,
    bytecode: Bytecode,
    tmp_path: Path,
    subtests: pytest.Subtests,
    record_property: Callable[[str, object], None],
) -> None:
    with workbench(variant, tmp_path, renders, bytecode) as bench:
        results = Results(variant.name, bench.python.version)
        for stage in STAGES:
            if not stage.applies(variant):
                continue
            if not results.is_reached(stage, variant):
                results.skip(stage)
                continue
            with subtests.test(stage.name), results.timed(stage):
                stage.run(bench)
    record_property(PROPERTY, results.as_document())
