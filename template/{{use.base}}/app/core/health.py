"""Readiness: what the service depends on, each looked at with a time limit."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

import structlog
from pydantic import BaseModel

from app.core.errors import UnavailableError
from app.core.lifespan import State

log = structlog.stdlib.get_logger()


class Health(StrEnum):
    """``degraded`` still serves; ``unavailable`` takes the process out of service."""

    OK = "ok"
    DEGRADED = "degraded"
    UNAVAILABLE = "unavailable"


class CheckResult(BaseModel):
    """How one dependency is, and why if it is not well."""

    status: Health
    detail: str | None = None


Look = Callable[[State], Awaitable[CheckResult]]


@dataclass(frozen=True, slots=True)
class Check:
    """A dependency, and how it is looked at."""

    name: str
    look: Look


def check(name: str) -> Callable[[Look], Check]:
    """Declare a check, by its name in the answer."""

    def declare(look: Look) -> Check:
        return Check(name, look)

    return declare


async def run_checks(
    checks: Mapping[str, Look], state: State, limit: timedelta
) -> dict[str, CheckResult]:
    """Look at everything at once; what fails or takes longer than ``limit`` is unavailable."""
    results = await asyncio.gather(
        *(run_check(name, look, state, limit) for name, look in checks.items())
    )
    return dict(zip(checks, results, strict=True))


async def run_check(name: str, look: Look, state: State, limit: timedelta) -> CheckResult:
    """Turn a failure into a result; the error goes into the log, not to the client."""
    try:
        async with asyncio.timeout(limit.total_seconds()):
            return await look(state)
    except TimeoutError:
        reason = "no answer in time"
    except UnavailableError:
        reason = "unreachable"
    except Exception:  # a probe answers, whatever is wrong
        log.exception("check failed", check=name)
        reason = "failed"
    log.warning("not ready", check=name, reason=reason)
    return CheckResult(status=Health.UNAVAILABLE, detail=reason)
