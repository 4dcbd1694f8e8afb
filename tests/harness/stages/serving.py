"""Its start and its end."""

from typing import Final

from tests.harness.logs import check_log
from tests.harness.stage import running
from tests.harness.workbench import Workbench

REUSE: Final = ("refresh token used again",)
"""What the service warns of, since the walk does that."""


def stage_boot(bench: Workbench) -> None:
    """gunicorn starts it in production, and /readyz answers 200."""
    python = bench.production / ".venv/bin/python"
    variables = {"ENVIRONMENT": "production", "DRAIN_DELAY": "0", **bench.platform}
    bench.serve(python, "-m", "app", folder=bench.production, **variables)


def stage_stop(bench: Workbench) -> None:
    """SIGTERM ends it with 0, in time, with no process left and nothing but INFO in its log."""
    server = running(bench)
    server.stop()
    check_log(server.lines(), *(REUSE if "jwt" in bench.variant.features else ()))
