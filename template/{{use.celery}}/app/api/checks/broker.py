"""Readiness of the broker."""

import asyncio

from app.core.errors import UnavailableError
from app.core.health import CheckResult, Health, check
from app.core.lifespan import State


@check("broker")
async def check_broker(state: State) -> CheckResult:
    """Serve without it as well as possible: it takes no process out of service."""
    limit = state["settings"].app.readiness_timeout.total_seconds() / 2
    try:
        async with asyncio.timeout(limit):
            await state["publisher"].ping()
    except (UnavailableError, TimeoutError):
        return CheckResult(status=Health.DEGRADED, detail="unreachable")
    return CheckResult(status=Health.OK)
