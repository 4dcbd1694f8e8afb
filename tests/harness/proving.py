"""Running the stages of one row that are not proven, with what they need, and keeping what came."""

from collections.abc import Mapping, Sequence

import pytest

from tests.harness.proofs import Proof, Proofs
from tests.harness.results import Results
from tests.harness.stage import Stage
from tests.harness.workbench import Workbench


def known_proofs(proofs: Proofs, keys: Mapping[str, str]) -> dict[str, Proof]:
    """Give the proofs that are there for some keys."""
    found = {name: proofs.get(key) for name, key in keys.items()}
    return {name: proof for name, proof in found.items() if proof is not None}


def due(stages: Sequence[Stage], known: Mapping[str, Proof]) -> set[str]:
    """Name the stages that have to run: those that are not proven, and what goes before these."""
    found: set[str] = set()
    for stage in reversed(stages):
        if stage.name not in known or stage.name in found:
            found |= {stage.name, *stage.needs, *stage.after}
    return found & {stage.name for stage in stages}


def prove(
    bench: Workbench,
    stages: Sequence[Stage],
    known: Mapping[str, Proof],
    subtests: pytest.Subtests,
) -> Results:
    """Run what is due, in order, and say for each stage what came of it."""
    results = Results(bench.variant, bench.python.version, [stage.name for stage in stages])
    running = due(stages, known)
    for stage in stages:
        if stage.name not in running:
            results.take(known[stage.name])
        elif not results.is_reached(stage):
            results.skip(stage)
        else:
            with subtests.test(stage.name), results.timed(stage):
                stage.run(bench)
    return results


def keep(proofs: Proofs, keys: Mapping[str, str], results: Results) -> None:
    """Keep what passed, unless something in the row failed; what failed is never kept again."""
    sound = all(each.outcome != "failed" for each in results.stages)
    for each in results.stages:
        failed = each.outcome == "failed"
        if each.stage not in keys:
            continue
        if failed or (sound and each.outcome == "passed"):
            times = (each.seconds, each.cpu_seconds)
            proof = Proof(results.variant, each.stage, each.proven_at, *times, doubted=failed)
            proofs.keep(keys[each.stage], proof)
