"""app.core.limits.shared and local: both count alike."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest
from redis.asyncio import Redis

from app.config.rate_limit import Window
from app.core.lifespan import State
from app.core.limits.limit import Charge, Counter, Limit
from app.core.limits.local import MOST_COUNTS, LocalCounter
from app.core.limits.shared import SharedCounter

CALLER = "address:192.0.2.1"
MINUTE = Limit("default", (Window(3, 60),))
TWO = Limit("default", (Window(3, 60), Window(5, 3600)))


@pytest.fixture(params=["shared", "local"])
def counter(state: State, request: pytest.FixtureRequest) -> Counter:
    """One of the two."""
    if request.param == "local":
        return LocalCounter()
    return SharedCounter(state["redis"], state["settings"].redis)


async def take(counter: Counter, charges: Sequence[Charge], times: int) -> list[bool]:
    """Take again and again."""
    return [(await counter.take(CALLER, charges)).is_admitted for _ in range(times)]


async def run(counter: SharedCounter, command: str, keys: Sequence[str], *values: int) -> object:
    """Have Redis do something to a key."""
    script = f"return redis.call('{command}', KEYS[1], unpack(ARGV))"
    return await counter.redis.register_script(script)(keys=keys, args=values)


async def flush(counter: SharedCounter) -> None:
    """Have Redis forget all scripts."""
    await cast("Redis", counter.redis).script_flush()


class TestTake:
    async def test_as_much_as_there_is(self, counter: Counter) -> None:
        assert await take(counter, MINUTE.charges(1), 5) == [True] * 3 + [False] * 2

    async def test_all_at_once(self, counter: Counter) -> None:
        verdicts = await asyncio.gather(
            *(counter.take(CALLER, MINUTE.charges(1)) for _ in range(50))
        )

        assert sum(each.is_admitted for each in verdicts) == 3

    async def test_each_caller(self, counter: Counter) -> None:
        await take(counter, MINUTE.charges(1), 4)

        assert (await counter.take("address:192.0.2.2", MINUTE.charges(1))).is_admitted

    async def test_standing(self, counter: Counter) -> None:
        await counter.take(CALLER, MINUTE.charges(1))
        (standing,) = (await counter.take(CALLER, MINUTE.charges(1))).standings

        assert standing.used == 2
        assert 59_000 < standing.milliseconds <= 60_000

    async def test_what_is_refused_takes_nothing(self, counter: Counter) -> None:
        await take(counter, MINUTE.charges(1), 2)

        assert await take(counter, MINUTE.charges(2), 2) == [False, False]
        assert await take(counter, MINUTE.charges(1), 2) == [True, False]

    async def test_of_no_window(self, counter: Counter) -> None:
        assert await take(counter, TWO.charges(1), 10) == [True] * 3 + [False] * 7
        day = Limit("default-3600", (Window(5, 3600),))
        assert await take(counter, day.charges(1), 3) == [True, True, False]


class TestGiveBack:
    async def test_it_is_there_again(self, counter: Counter) -> None:
        charges = MINUTE.charges(2)
        verdict = await counter.take(CALLER, charges)

        await counter.give_back(CALLER, charges, verdict.standings)

        assert await take(counter, MINUTE.charges(3), 1) == [True]

    async def test_not_of_another_window(self, counter: Counter) -> None:
        charges = MINUTE.charges(1)
        verdict = await counter.take(CALLER, charges)
        earlier = [replace(verdict.standings[0], milliseconds=10)]

        await counter.give_back(CALLER, charges, earlier)

        assert await take(counter, charges, 3) == [True, True, False]

    async def test_not_of_none(self, counter: Counter) -> None:
        charges = MINUTE.charges(1)
        (standing,) = (await LocalCounter().take(CALLER, charges)).standings

        await counter.give_back(CALLER, charges, [standing])

        assert await take(counter, charges, 4) == [True] * 3 + [False]


class TestShared:
    @pytest.fixture
    def counter(self, state: State) -> SharedCounter:
        """The one that processes share."""
        return SharedCounter(state["redis"], state["settings"].redis)

    async def keys(self, counter: SharedCounter) -> list[str]:
        """List what is stored."""
        pattern = counter.settings.key("rate", "*")
        return [each.decode() async for each in counter.redis.scan_iter(pattern, 1000)]

    async def test_a_window_ends_by_the_clock_of_redis(
        self, counter: SharedCounter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        await take(counter, MINUTE.charges(1), 3)
        monkeypatch.setattr(time, "time", lambda: 4e9)
        assert await take(counter, MINUTE.charges(1), 1) == [False]

        await run(counter, "PEXPIRE", await self.keys(counter), 0)

        assert await take(counter, MINUTE.charges(1), 4) == [True] * 3 + [False]

    async def test_a_window_does_not_grow(self, counter: SharedCounter) -> None:
        await take(counter, MINUTE.charges(1), 1)
        keys = await self.keys(counter)
        await run(counter, "PEXPIRE", keys, 5000)

        (standing,) = (await counter.take(CALLER, MINUTE.charges(1))).standings

        assert standing.milliseconds <= 5000
        assert cast("int", await run(counter, "PTTL", keys)) <= 5000

    async def test_each_key_has_an_end(self, counter: SharedCounter) -> None:
        await take(counter, TWO.charges(1), 4)

        keys = await self.keys(counter)

        assert len(keys) == 2
        assert all([cast("int", await run(counter, "PTTL", [key])) > 0 for key in keys])

    async def test_a_key_without_an_end_gets_one(self, counter: SharedCounter) -> None:
        await take(counter, MINUTE.charges(1), 3)
        keys = await self.keys(counter)
        await run(counter, "PERSIST", keys)

        assert await take(counter, MINUTE.charges(1), 1) == [True]
        assert cast("int", await run(counter, "PTTL", keys)) > 0

    async def test_scripts_that_are_forgotten(self, counter: SharedCounter) -> None:
        await take(counter, MINUTE.charges(1), 1)
        await flush(counter)

        assert await take(counter, MINUTE.charges(1), 3) == [True, True, False]


class TestLocal:
    @pytest.fixture
    def now(self) -> list[float]:
        """The time, to be changed."""
        return [0.0]

    @pytest.fixture
    def counter(self, now: list[float]) -> LocalCounter:
        """The one of a process, with a clock of the test's."""
        return LocalCounter(lambda: now[0])

    async def test_a_window_ends(self, counter: LocalCounter, now: list[float]) -> None:
        await take(counter, MINUTE.charges(1), 3)
        now[0] = 59.9
        assert await take(counter, MINUTE.charges(1), 1) == [False]

        now[0] = 60

        assert await take(counter, MINUTE.charges(1), 4) == [True] * 3 + [False]

    async def test_is_bounded(self, counter: LocalCounter) -> None:
        for number in range(MOST_COUNTS + 500):
            await counter.take(f"address:{number}", MINUTE.charges(1))

        assert len(counter.counts) == MOST_COUNTS
