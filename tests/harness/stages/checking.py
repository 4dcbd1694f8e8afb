"""Its own verbs that judge its code."""

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
    """`make test`: its own tests pass, warnings are errors (on rows that hold every pair)."""
    run_tests(bench, "-n0")


def stage_shared(bench: Workbench) -> None:
    """The same, shared out to processes (on a few of these, with each server and each answer)."""
    run_tests(bench)


def run_tests(bench: Workbench, *options: str) -> None:
    """Run its own tests, of which none may be skipped."""
    arguments = " ".join((*options, "-W error -p no:cacheprovider"))
    said = bench.make("test", f"ARGS={arguments}", **bench.test_server)
    assert " skipped" not in said.splitlines()[-1], f"a test was skipped: {said.splitlines()[-1]}"
