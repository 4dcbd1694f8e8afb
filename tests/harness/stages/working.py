"""Its tasks."""

from tests.harness.stage import running
from tests.harness.tasks import walk_tasks
from tests.harness.walk import Walker
from tests.harness.walk_orders import walk_settled
from tests.harness.workbench import Workbench


def stage_tasks(bench: Workbench) -> None:
    """Worker and beat run what is handed in, and SIGTERM ends each with 0 and a clean log."""
    walk_tasks(bench)
    if "sample_orders" in bench.variant.features:
        url = running(bench).url
        with Walker(url, bench.identity.sign_in(url)) as admin:
            walk_settled(admin)
