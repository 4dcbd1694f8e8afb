"""app.core.health: dependencies, each looked at with a time limit."""

import asyncio
from datetime import timedelta
from typing import Final

import pytest

from app.core import health
from app.core.errors import UnavailableError
from app.core.health import CheckResult, Health, Look, run_checks
from app.core.lifespan import State
from tests.support.log import captured_log

LIMIT: Final = timedelta(seconds=0.05)


async def well(_: State) -> CheckResult:
    """Answer at once."""
    return CheckResult(status=Health.OK)


async def silent(_: State) -> CheckResult:
    """Never answer."""
    await asyncio.Event().wait()
    return CheckResult(status=Health.OK)


async def unreachable(_: State) -> CheckResult:
    """Fail as a dependency does that is down."""
    raise UnavailableError("Nobody is at 10.0.0.1.")


async def broken(_: State) -> CheckResult:
    """Fail as nobody expected."""
    raise ValueError("password: hunter2")


class TestRunChecks:
    async def test_well(self, state: State) -> None:
        results = await run_checks({"a": well, "b": well}, state, LIMIT)

        assert results == {
            "a": CheckResult(status=Health.OK),
            "b": CheckResult(status=Health.OK),
        }

    @pytest.mark.parametrize(
        ("check", "detail"),
        [(silent, "no answer in time"), (unreachable, "unreachable"), (broken, "failed")],
    )
    async def test_unavailable(self, state: State, check: Look, detail: str) -> None:
        results = await run_checks({"well": well, "ill": check}, state, LIMIT)

        assert results["well"].status is Health.OK
        assert results["ill"] == CheckResult(status=Health.UNAVAILABLE, detail=detail)

    async def test_cleaning_up_keeps_nobody_waiting(self, state: State) -> None:
        cleaned = asyncio.Event()

        async def stubborn(state: State) -> CheckResult:
            try:
                return await silent(state)
            finally:
                await cleaned.wait()

        async with asyncio.timeout(20):
            results = await run_checks({"stubborn": stubborn}, state, LIMIT)
            (late,) = health.LATE
            cleaned.set()
            await asyncio.wait([late])

        assert results["stubborn"].detail == "no answer in time"
        assert not health.LATE

    async def test_all_wait_at_the_same_time(self, state: State) -> None:
        began = asyncio.get_running_loop().time()

        await run_checks({str(number): silent for number in range(100)}, state, LIMIT)

        assert asyncio.get_running_loop().time() - began < 50 * LIMIT.total_seconds()

    async def test_the_log_names_the_dependency(self, state: State) -> None:
        with captured_log(health) as log:
            await run_checks({"search": unreachable}, state, LIMIT)

        assert log == [
            {
                "event": "not ready",
                "check": "search",
                "reason": "unreachable",
                "log_level": "warning",
            }
        ]
