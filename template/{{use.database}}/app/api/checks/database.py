"""Readiness of the database."""

from app.core.database.session import ping
from app.core.health import CheckResult, Health, check
from app.core.lifespan import State


@check("database")
async def check_database(state: State) -> CheckResult:
    """Need an answer to the simplest query."""
    await ping(state["database"])
    return CheckResult(status=Health.OK)
