"""app.core.lock: what is written under a lock is written once."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import pytest

from app.config.settings import Settings
from app.core.errors import UnavailableError
from app.core.lifespan import State
from app.core.lock import LockedError, Locks, LostLockError
from app.core.redis import open_redis
from tests.support.relay import relayed

SHORT: Final = timedelta(seconds=0.6)
LONG: Final = timedelta(seconds=30)
AT_ONCE: Final = timedelta(0)
PATIENCE: Final = 20

HOLDER: Final = """
import asyncio, sys
from datetime import timedelta
from app.config.redis import RedisSettings
from app.core.lock import Locks
from app.core.redis import open_redis


async def hold():
    settings = RedisSettings.read()
    async with open_redis(settings) as client:
        async with Locks(client, settings)("job", ttl=timedelta(seconds=0.6)) as held:
            print(held.number, flush=True)
            sys.stdin.readline()  # the event loop stands still: nothing is renewed
            print("writes", flush=True)


asyncio.run(hold())
"""


@dataclass
class Ledger:
    """Where something is written under a lock: it takes no number that is lower than its last."""

    last: int = 0
    written: int = 0

    def write(self, number: int) -> bool:
        """Write once for each holder."""
        if number <= self.last:
            return False
        self.last, self.written = number, self.written + 1
        return True


@asynccontextmanager
async def another_holder(environment: dict[str, str]) -> AsyncGenerator[asyncio.subprocess.Process]:
    """Hold the lock in another process, until a line is written to it."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", HOLDER),
        env={**os.environ, **environment, "PYTHONPATH": os.getcwd()},  # noqa: PTH109
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def said(process: asyncio.subprocess.Process) -> str:
    """Read a line of it."""
    assert process.stdout
    async with asyncio.timeout(PATIENCE):
        return (await process.stdout.readline()).decode().strip()


@pytest.fixture
def lock(state: State) -> Locks:
    return state["lock"]


@pytest.fixture
def address(settings: Settings) -> dict[str, str]:
    """Where another process finds the same locks."""
    redis = settings.redis
    return {"REDIS_URL": redis.url.get_secret_value(), "REDIS_PREFIX": redis.prefix}


class TestHeld:
    async def test_by_one_at_a_time(self, lock: Locks) -> None:
        inside: list[int] = []
        numbers: list[int] = []

        async def work() -> None:
            async with lock("job", ttl=LONG) as held:
                inside.append(1)
                assert len(inside) == 1
                await asyncio.sleep(0.001)
                numbers.append(held.number)
                inside.pop()

        await asyncio.gather(*(work() for _ in range(10)))

        assert numbers == sorted({*numbers})
        assert len(numbers) == 10

    async def test_nobody_waits_for_ever(self, lock: Locks) -> None:
        async with lock("job", ttl=LONG):
            with pytest.raises(LockedError):
                async with lock("job", ttl=LONG, wait=timedelta(seconds=0.2)):
                    pass

    async def test_by_another_name(self, lock: Locks) -> None:
        async with lock("job", ttl=LONG), lock("other", ttl=LONG, wait=AT_ONCE):
            pass

    async def test_given_back_after_an_error(self, lock: Locks) -> None:
        async def work() -> None:
            async with lock("job", ttl=LONG):
                raise ValueError("wrong")

        with pytest.raises(ValueError, match="wrong"):
            await work()

        async with lock("job", ttl=LONG, wait=AT_ONCE):
            pass

    async def test_renewed(self, lock: Locks) -> None:
        async with lock("job", ttl=SHORT):
            await asyncio.sleep(2 * SHORT.total_seconds())

            with pytest.raises(LockedError):
                async with lock("job", ttl=SHORT, wait=AT_ONCE):
                    pass

    async def test_each_key_ends(self, lock: Locks, state: State, settings: Settings) -> None:
        async with lock("job", ttl=LONG):
            keys = [key async for key in state["redis"].scan_iter(settings.redis.key("*"), 100)]
            assert len(keys) == 2
            for key in keys:
                assert await state["redis"].pttl(key) > 0


class TestNumber:
    async def test_rises_though_redis_was_emptied(self, lock: Locks, state: State) -> None:
        async with lock("job", ttl=LONG) as first:
            await state["redis"].delete(first.key, f"{first.key}:number")
            async with lock("job", ttl=LONG, wait=AT_ONCE) as second:
                assert second.number > first.number

    async def test_rises_though_the_clock_went_back(self, lock: Locks, state: State) -> None:
        async with lock("job", ttl=LONG) as first:
            pass
        ahead = first.number + 10**15
        await state["redis"].set(f"{first.key}:number", ahead, px=60_000)

        async with lock("job", ttl=LONG) as second:
            assert second.number == ahead + 1


class TestLost:
    async def test_holder_dies(self, lock: Locks, address: dict[str, str]) -> None:
        ledger = Ledger()
        async with another_holder(address) as other:
            first = int(await said(other))
            other.kill()

            async with lock("job", ttl=SHORT) as held:
                assert held.number > first
                assert ledger.write(held.number)
        assert ledger.written == 1

    async def test_holder_is_paused_past_its_time(
        self, lock: Locks, address: dict[str, str]
    ) -> None:
        """It goes on as if nothing had been, and what it then writes is refused."""
        ledger = Ledger()
        async with another_holder(address) as other:
            first = int(await said(other))
            other.send_signal(signal.SIGSTOP)
            async with lock("job", ttl=SHORT) as held:
                assert ledger.write(held.number)
                other.send_signal(signal.SIGCONT)
                assert other.stdin
                other.stdin.write(b"\n")

                assert await said(other) == "writes"
                assert not ledger.write(first)
        assert ledger.written == 1

    async def test_redis_is_lost(self, lock: Locks, settings: Settings) -> None:
        """Who cannot renew is cut short before anybody else may begin."""
        ledger = Ledger()
        async with relayed(settings.redis) as relay, open_redis(relay.settings) as client:

            async def work() -> None:
                async with Locks(client, settings.redis)("job", ttl=SHORT) as held:
                    relay.silent()
                    await asyncio.sleep(PATIENCE)
                    ledger.write(held.number)

            with pytest.raises(LostLockError):
                await work()
            async with lock("job", ttl=LONG) as held:
                ledger.write(held.number)
        assert ledger.written == 1

    async def test_redis_was_emptied(self, lock: Locks, state: State) -> None:
        """Somebody else may have begun, so it is told at the next renewal."""

        async def work() -> None:
            async with lock("job", ttl=SHORT) as held:
                await state["redis"].delete(held.key)
                await asyncio.sleep(PATIENCE)

        with pytest.raises(LostLockError):
            await work()

    async def test_redis_is_away(self, settings: Settings) -> None:
        async with relayed(settings.redis) as relay, open_redis(relay.settings) as client:
            relay.silent()
            with pytest.raises(UnavailableError):
                async with Locks(client, settings.redis)("job", ttl=LONG):
                    pass
