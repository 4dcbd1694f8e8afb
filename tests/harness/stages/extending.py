"""What its developer adds to it."""

from tests.harness.first_table import live_with_a_table
from tests.harness.workbench import Workbench


def stage_tables(bench: Workbench) -> None:
    """A table of its own is made, filled, changed, taken back (on each ORM and database)."""
    live_with_a_table(bench)
