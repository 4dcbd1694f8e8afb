"""Readiness of the database."""

from app.core.database.session import ping
from app.core.health import CheckResult, Health
from app.core.lifespan import State


async def check_database(state: State) -> CheckResult:
    """Need an answer to the simplest query."""
    await ping(state["database"])
    return CheckResult(status=Health.OK)
