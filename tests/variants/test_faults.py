"""The harness fails when a variant is broken, and it says where: each fault is caught by name.

It is caught cold, by running the stages; and warm, since no proof of a sound service is taken for
one that has a fault.
"""

from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.harness.faults import FAULTS, Fault, appended
from tests.harness.keys import inputs, keys
from tests.harness.proofs import Proof, Proofs, now
from tests.harness.proving import due, known_proofs
from tests.harness.renders import Renders
from tests.harness.stage import Stage
from tests.harness.stages.table import STAGES
from tests.harness.variant import Variant
from tests.harness.variants import variant_with
from tests.harness.workbench import Workbench, workbench

BY_NAME = {stage.name: stage for stage in STAGES}
PREPARED = ("generate", "install", "production")
MOST_FAULTS_ARE_IN = {"database": "sqlite", "auth": "none", "sample": "items"}


def variant_of(fault: Fault) -> Variant:
    """Choose where a fault is seeded."""
    tasks = {"celery": True, "broker": "redis"} if fault.tasks else {"celery": False}
    users = {"auth": "jwt"} if fault.users else {}
    return variant_with(**(MOST_FAULTS_ARE_IN | tasks | users))


@pytest.fixture(scope="module")
def installed(
    renders: Renders, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Callable[[Variant], Workbench]]:
    """Sound services, from which most faults borrow the environments."""
    known: dict[str, Workbench] = {}

    def install(variant: Variant) -> Workbench:
        if variant.name not in known:
            folder = tmp_path_factory.mktemp("installed")
            known[variant.name] = stack.enter_context(workbench(variant, folder, renders))
            for name in PREPARED:
                BY_NAME[name].run(known[variant.name])
        return known[variant.name]

    with ExitStack() as stack:
        yield install


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_fault_is_caught(
    fault: Fault, renders: Renders, installed: Callable[[Variant], Workbench], tmp_path: Path
) -> None:
    variant = variant_of(fault)
    with workbench(variant, tmp_path, renders) as bench:
        if fault.installs:
            stages = seeded_new(bench, fault)
        else:
            stages = seeded_borrowed(bench, installed(variant), fault)
        for stage in stages:
            if stage.name in fault.caught_by:
                with pytest.raises(AssertionError, match=fault.says):
                    stage.run(bench)
            else:
                stage.run(bench)


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS, ids=str)
def test_no_proof_hides_it(fault: Fault, renders: Renders, tmp_path: Path) -> None:
    """Whatever is known of the sound service, the stages that catch it run."""
    variant = variant_of(fault)
    sound, seeded = renders.get(variant.answers), tmp_path / "seeded"
    proofs = proven(variant, sound, tmp_path / "proofs")
    assert due(STAGES, known_proofs(proofs, keys(inputs(variant, sound), STAGES))) == set()

    renders.copy(variant.answers, seeded)
    fault.seed(seeded)

    known = known_proofs(proofs, keys(inputs(variant, seeded), STAGES))
    assert due(STAGES, known) >= {*fault.caught_by}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Copier's folder
def test_a_template_that_cannot_be_rendered(tmp_path: Path) -> None:
    """The first stage says it, cold as warm: there is no tree that could have been proven."""
    variant = variant_of(FAULTS[0])
    broken = Renders(tmp_path / "renders")
    appended("template/{{use.base}}/README.md.jinja", "{{ nobody_knows_this }}")(broken.template)

    with (
        workbench(variant, tmp_path / "bench", broken) as bench,
        pytest.raises(Exception, match="nobody_knows_this"),
    ):
        BY_NAME["generate"].run(bench)


def proven(variant: Variant, tree: Path, folder: Path) -> Proofs:
    """Have every stage proven for some files."""
    proofs = Proofs(folder)
    for name, key in keys(inputs(variant, tree), STAGES).items():
        proofs.keep(key, Proof(variant.name, name, now()))
    return proofs


def seeded_new(bench: Workbench, fault: Fault) -> list[Stage]:
    """Seed the fault before anything is installed."""
    bench.renders.copy(bench.variant.answers, bench.project)
    fault.seed(bench.project)
    return reached(fault, {"generate"})


def seeded_borrowed(bench: Workbench, sound: Workbench, fault: Fault) -> list[Stage]:
    """Seed the fault into what is installed already, in both places."""
    bench.borrow(sound)
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


def test_each_stage_catches_one() -> None:
    """The first one has a fault of its own, in the template."""
    caught = {name for fault in FAULTS for name in fault.caught_by}

    assert caught == {*BY_NAME} - {"generate"}
    assert len(FAULTS) >= 20
