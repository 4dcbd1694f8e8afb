"""app.core.limits.limiter: what holds while Redis is away."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from redis.exceptions import ConnectionError as AwayError
from redis.exceptions import ReadOnlyError, RedisError

from app.config.rate_limit import Window
from app.core.limits import limiter
from app.core.limits.limit import Charge, Counter, Limit, Standing, Verdict
from app.core.limits.limiter import Limiter
from app.core.limits.local import LocalCounter
from app.core.limits.quota import Quota, RateLimitedError
from tests.support.log import captured_log

CHARGES = Limit("default", (Window(2, 60),)).charges(1)


@dataclass
class Fickle:
    """Counts, unless it is away."""

    error: RedisError | None = None
    inner: Counter = field(default_factory=LocalCounter)

    async def take(self, caller: str, charges: Sequence[Charge]) -> Verdict:
        """Take of all windows."""
        if self.error is not None:
            raise self.error
        verdict = await self.inner.take(caller, charges)
        return Verdict(verdict.is_admitted, verdict.standings, self)

    async def give_back(
        self, caller: str, charges: Sequence[Charge], standings: Sequence[Standing]
    ) -> None:
        """Undo what was taken."""
        if self.error is not None:
            raise self.error
        await self.inner.give_back(caller, charges, standings)


async def take(limiter: Limiter, shared: Counter, times: int) -> list[bool]:
    """Take again and again."""
    return [(await limiter.take(shared, "a", CHARGES)).is_admitted for _ in range(times)]


class TestAway:
    @pytest.mark.parametrize("error", [AwayError("gone"), ReadOnlyError("a replica")])
    async def test_each_process_counts(self, error: RedisError) -> None:
        counting = Limiter(LocalCounter())

        assert await take(counting, Fickle(error), 3) == [True, True, False]

    async def test_is_said_once(self) -> None:
        counting, shared = Limiter(LocalCounter()), Fickle(AwayError("gone"))

        with captured_log(limiter) as log:
            await take(counting, shared, 5)
            shared.error = None
            await take(counting, shared, 5)

        assert [(each["log_level"], each["event"]) for each in log] == [
            ("warning", "rate limits counted by each process"),
            ("info", "rate limits counted together"),
        ]

    async def test_what_was_counted_together_still_holds(self) -> None:
        counting, shared = Limiter(LocalCounter()), Fickle()
        await take(counting, shared, 2)
        shared.error = AwayError("gone")
        assert await take(counting, shared, 3) == [True, True, False]

        shared.error = None

        assert await take(counting, shared, 1) == [False]

    async def test_nothing_is_given_back(self) -> None:
        shared = Fickle()
        quota = Quota(Limiter(LocalCounter()), shared, "a", Limit("default", (Window(2, 60),)))
        await quota.begin()
        shared.error = AwayError("gone")

        few = Limit("few", (Window(1, 60),))
        await quota.go_on(few, 1)

        with pytest.raises(RateLimitedError):
            await quota.go_on(few, 1)
