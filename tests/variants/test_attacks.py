"""A service under the attacks that it brings with it."""

from pathlib import Path

import pytest

from tests.harness.renders import Renders
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import variant_with
from tests.harness.workbench import workbench


@pytest.mark.slow
@pytest.mark.proven_by_content(programs=())
def test_battery(renders: Renders, tmp_path: Path) -> None:
    """All attacks are made, and none is skipped."""
    variant = variant_with(orm="sqlalchemy", database="postgresql", auth="none", sample="items")
    with workbench(variant, tmp_path, renders) as bench:
        stage_generate(bench)
        stage_install(bench)

        said = bench.make("battery", **bench.test_server)

    assert " passed" in said
    assert " skipped" not in said
