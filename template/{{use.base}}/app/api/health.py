"""Probes for whoever runs the service."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from app.core.health import Check, CheckResult, Health, Look, run_checks
from app.core.lifespan import state_of
from app.core.modules import find

CHECKS: Final[Mapping[str, Look]] = {
    check.name: check.look for check in find("app.api.checks", Check)
}

STATUSES: Final = {
    Health.OK: HTTPStatus.OK,
    Health.DEGRADED: HTTPStatus.OK,
    Health.UNAVAILABLE: HTTPStatus.SERVICE_UNAVAILABLE,
}


async def healthz(_: Request) -> Response:
    """Say that the process is alive; look at nothing else."""
    return JSONResponse({"status": Health.OK})


async def readyz(request: Request) -> Response:
    """Say whether the process should get requests, and how each dependency is."""
    state = state_of(request)
    results = await run_checks(CHECKS, state, state["settings"].app.readiness_timeout)
    if state["drain"].started:
        results["process"] = CheckResult(status=Health.UNAVAILABLE, detail="draining")
    health = worst(results)
    checks = {name: result.model_dump(exclude_none=True) for name, result in results.items()}
    return JSONResponse({"status": health, "checks": checks}, status_code=STATUSES[health])


def worst(results: Mapping[str, CheckResult]) -> Health:
    """Sum the checks up in one word."""
    order = list(Health)
    return max((result.status for result in results.values()), key=order.index, default=Health.OK)


routes = [Route("/healthz", healthz), Route("/readyz", readyz)]
