"""What it says of itself."""

from tests.harness.logs import check_log
from tests.harness.walk import Walker, walk_docs
from tests.harness.workbench import Workbench


def stage_docs(bench: Workbench) -> None:
    """`make run` serves it with two workers in development, with its documentation."""
    variables = {"WEB_CONCURRENCY": "2", "LOG_FORMAT": "json", **bench.address}
    server = bench.serve("make", "run", folder=bench.project, **variables)
    with Walker(server.url) as walker:
        walk_docs(walker)
    server.stop()
    check_log(server.lines())
