"""What its developer does with it in the first week."""

from tests.harness.first_verbs import run_dear_verbs, run_every_verb
from tests.harness.workbench import Workbench


def stage_servers(bench: Workbench) -> None:
    """`make dev`, workers, commands and a few tests run with nothing set (on rows with each)."""
    run_dear_verbs(bench)


def stage_verbs(bench: Workbench) -> None:
    """Each other verb of its Makefile runs with nothing set (on rows that hold every pair)."""
    run_every_verb(bench)
