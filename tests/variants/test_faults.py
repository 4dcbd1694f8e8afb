"""The harness fails when a variant is broken, and it says where: each fault is caught by name."""

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.harness.faults import FAULTS, Fault
from tests.harness.renders import Renders
from tests.harness.stage import Stage
from tests.harness.stages.table import STAGES
from tests.harness.variants import variant_with
from tests.harness.workbench import Workbench, workbench

BY_NAME = {stage.name: stage for stage in STAGES}
PREPARED = ("generate", "install", "production")


@pytest.fixture(scope="module")
def installed(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Generator[Workbench]:
    """A sound service, from which most faults borrow the environments."""
    variant = variant_with(database="sqlite", auth="none", sample="items", celery=False)
    with workbench(variant, tmp_path_factory.mktemp("installed"), renders) as bench:
        for name in PREPARED:
            BY_NAME[name].run(bench)
        yield bench


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault_is_caught(fault: Fault, installed: Workbench, tmp_path: Path) -> None:
    with workbench(installed.variant, tmp_path, installed.renders) as bench:
        for stage in (seeded_new if fault.installs else seeded_borrowed)(bench, installed, fault):
            if stage.name in fault.caught_by:
                with pytest.raises(AssertionError, match=fault.says):
                    stage.run(bench)
            else:
                stage.run(bench)


def seeded_new(bench: Workbench, installed: Workbench, fault: Fault) -> list[Stage]:
    """Seed the fault before anything is installed."""
    bench.renders.copy(installed.variant.answers, bench.project)
    fault.seed(bench.project)
    return reached(fault, {"generate"})


def seeded_borrowed(bench: Workbench, installed: Workbench, fault: Fault) -> list[Stage]:
    """Seed the fault into what is installed already, in both places."""
    bench.borrow(installed)
    fault.seed(bench.project)
    fault.seed(bench.production)
    return reached(fault, {*PREPARED})


def reached(fault: Fault, done: set[str]) -> list[Stage]:
    """List the stages that catch it, and those that these need, which pass in spite of it."""
    names = set(fault.caught_by)
    while more := {need for name in names for need in BY_NAME[name].needs} - names:
        names |= more
    return [stage for stage in STAGES if stage.name in names - done]


def test_the_table_of_faults_names_stages() -> None:
    assert {name for fault in FAULTS for name in fault.caught_by} <= set(BY_NAME)
