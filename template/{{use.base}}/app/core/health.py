"""Readiness: what the service depends on, each looked at with a time limit."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Final

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

LATE: Final[set[asyncio.Future[CheckResult]]] = set()
"""Looks that were cut short and are still cleaning up; nobody else remembers them."""


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
        return await in_time(look(state), limit)
    except TimeoutError:
        reason = "no answer in time"
    except UnavailableError:
        reason = "unreachable"
    except Exception:  # a probe answers, whatever is wrong
        log.exception("check failed", check=name)
        reason = "failed"
    log.warning("not ready", check=name, reason=reason)
    return CheckResult(status=Health.UNAVAILABLE, detail=reason)


async def in_time(looking: Awaitable[CheckResult], limit: timedelta) -> CheckResult:
    """Raise TimeoutError after ``limit``, however long what is cut short takes to clean up."""
    look = asyncio.ensure_future(looking)
    try:
        await asyncio.wait([look], timeout=limit.total_seconds())
        if look.done():
            return look.result()
        raise TimeoutError
    finally:
        if not look.done():
            LATE.add(look)
            look.add_done_callback(forget)
            look.cancel()


def forget(look: asyncio.Future[CheckResult]) -> None:
    """Let a look go that has cleaned up; nobody waits for its error any more."""
    LATE.discard(look)
    if not look.cancelled():
        look.exception()
