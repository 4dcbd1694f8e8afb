"""Readiness of Redis."""

import asyncio

from redis.exceptions import RedisError

from app.core.health import CheckResult, Health, check
from app.core.lifespan import State


@check("redis")
async def check_redis(state: State) -> CheckResult:
    """Serve without it as well as possible: it takes no process out of service."""
    limit = state["settings"].app.readiness_timeout.total_seconds() / 2
    try:
        async with asyncio.timeout(limit):
            await state["redis"].ping()
    except (RedisError, TimeoutError):
        return CheckResult(status=Health.DEGRADED, detail="unreachable")
    return CheckResult(status=Health.OK)
