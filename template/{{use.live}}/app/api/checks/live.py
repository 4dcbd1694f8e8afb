"""Readiness of what is told at once."""

from app.core.health import CheckResult, Health, check
from app.core.lifespan import State


@check("live")
async def check_live(state: State) -> CheckResult:
    """Say that listeners of this process hear nothing; it goes on trying, and serves all else."""
    if state["live"].hears:
        return CheckResult(status=Health.OK)
    return CheckResult(status=Health.DEGRADED, detail="hears nothing")
