"""Its own verbs that judge its code."""

from tests.harness.stages.chosen import sharing
from tests.harness.workbench import Workbench


def stage_lint(bench: Workbench) -> None:
    """`make lint` finds nothing."""
    bench.make("lint")


def stage_format(bench: Workbench) -> None:
    """ruff would format no file differently."""
    bench.tool("ruff", "format", "--check", ".")


def stage_types(bench: Workbench) -> None:
    """`make types`: pyright in strict mode finds nothing (on rows that hold every pair)."""
    bench.make("types")


def stage_tests(bench: Workbench) -> None:
    """`make test`: its own tests pass, warnings are errors (on rows that hold every pair).

    None is skipped.
    Some rows share them out to processes, as `make test` does where there are cores; the others,
    of which several run at once, take one process each.
    """
    alone = "" if bench.variant.name in sharing() else "-n0 "
    said = bench.make("test", f"ARGS={alone}-W error -p no:cacheprovider", **bench.test_server)
    assert " skipped" not in said.splitlines()[-1], f"a test was skipped: {said.splitlines()[-1]}"
