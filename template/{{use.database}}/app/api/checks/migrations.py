"""Readiness of the schema."""

from typing import Final

from app.core.database.migrations import SchemaState, schema_state
from app.core.health import CheckResult, Health, check
from app.core.lifespan import State

RESULTS: Final = {
    SchemaState.CURRENT: CheckResult(status=Health.OK),
    SchemaState.AHEAD: CheckResult(
        status=Health.DEGRADED, detail="the schema is newer than the code"
    ),
    SchemaState.BEHIND: CheckResult(
        status=Health.UNAVAILABLE, detail="the schema is older than the code: run the migrations"
    ),
}


@check("migrations")
async def check_migrations(state: State) -> CheckResult:
    """Serve during a rollout, when the schema is ahead of the code; never when it is behind."""
    return RESULTS[await schema_state(state["database"])]
