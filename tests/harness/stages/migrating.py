"""Its schema, on the way up and on the way down."""

from concurrent.futures import ThreadPoolExecutor

from tests.harness.migrations import migrations_of
from tests.harness.workbench import Workbench


def stage_migrate(bench: Workbench) -> None:
    """Two `make migrate` at once, as of two replicas, bring an empty database to today's schema."""
    with ThreadPoolExecutor() as pool:
        both = [pool.submit(bench.make, "migrate", **bench.address) for _ in range(2)]
    for each in both:
        each.result()


def stage_models(bench: Workbench) -> None:
    """The migrated schema is the one that the models describe."""
    migrations_of(bench.variant).compare(bench.deployed)


def stage_rollback(bench: Workbench) -> None:
    """The migrations go down to nothing over the data of the walk, and up again."""
    tool = migrations_of(bench.variant)
    tool.downgrade(bench.deployed)
    assert bench.database
    left = bench.database.tables() - {tool.journal}
    assert not left, f"the way down leaves the tables {sorted(left)}"
    tool.upgrade(bench.deployed)
