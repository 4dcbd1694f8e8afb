"""Readiness of the database."""

from typing import Final

import structlog

from app.core.database.session import takes_changes
from app.core.health import CheckResult, Health, check
from app.core.lifespan import State

log = structlog.stdlib.get_logger()

READ_ONLY: Final = "read-only: the server takes no changes, as a replica does"


@check("database")
async def check_database(state: State) -> CheckResult:
    """Need a server that takes changes; one before a failover, or a replica, only reads."""
    if await takes_changes(state["database"]):
        return CheckResult(status=Health.OK)
    log.warning("not ready", check="database", reason=READ_ONLY)
    return CheckResult(status=Health.UNAVAILABLE, detail=READ_ONLY)
