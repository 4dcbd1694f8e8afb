"""app.core.redis: no answer goes to the wrong one, and an outage costs nobody time."""

import asyncio
import socket
from datetime import timedelta
from socket import EAI_NONAME, gaierror
from threading import Event
from time import monotonic
from typing import Final

import pytest
from pydantic import SecretStr
from redis.exceptions import RedisError

import app.core.redis_outage
from app.config.redis import RedisSettings
from app.config.settings import Settings
from app.core.lifespan import State
from app.core.redis import open_redis
from app.core.redis_commands import Client
from tests.support.log import captured_log
from tests.support.relay import relayed

PATIENCE: Final = 20
WAIT: Final = timedelta(seconds=0.3)


def hasty(settings: RedisSettings) -> RedisSettings:
    """Wait less for each answer."""
    return settings.model_copy(update={"timeout": WAIT})


async def returns(client: Client) -> None:
    """Wait until it is back."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                await client.ping()
            except RedisError:
                await asyncio.sleep(0.02)
            else:
                return


class TestCancelled:
    async def test_answer_reaches_nobody_else(self, state: State) -> None:
        """Whoever is cut short while an answer is under way leaves it in no connection."""
        client, key = state["redis"], state["settings"].redis.key
        for number in range(30):
            await client.set(key("of", str(number)), str(number), px=60_000)

        async def read(number: int, seconds: float) -> None:
            async with asyncio.timeout(seconds):
                assert await client.get(key("of", str(number))) == str(number).encode()

        for attempt in range(20):
            results = await asyncio.gather(
                *(read(number, attempt / 10_000) for number in range(30)), return_exceptions=True
            )
            assert not [each for each in results if isinstance(each, AssertionError | RedisError)]

        await asyncio.gather(*(read(number, PATIENCE) for number in range(30)))

    async def test_connections_come_back(self, settings: Settings) -> None:
        only_one = settings.redis.model_copy(update={"pool_size": 1})
        async with relayed(only_one) as relay, open_redis(relay.settings) as client:
            await client.ping()
            relay.silent()
            with pytest.raises(TimeoutError):
                async with asyncio.timeout(0.05):
                    await client.get("late")
            relay.speaks.set()

            assert await client.ping()
            assert relay.calls == 2

    async def test_whenever_it_comes(self, settings: Settings) -> None:
        """While it connects, sends, reads or waits for its turn: who is cancelled ends."""

        async def ask(client: Client) -> None:
            for _ in range(100):
                await client.get("anything")

        for moments in range(60):
            async with open_redis(settings.redis) as client:
                asking = asyncio.create_task(ask(client))
                for _ in range(moments):
                    await asyncio.sleep(0)
                asking.cancel()
                await asyncio.wait([asking])
                assert asking.cancelled(), f"after {moments} turns of the loop"


class TestOutage:
    async def test_silence_is_waited_for_once(self, settings: Settings) -> None:
        async with relayed(hasty(settings.redis)) as relay, open_redis(relay.settings) as client:
            await client.ping()
            relay.silent()
            with pytest.raises(RedisError):
                await client.ping()

            started = monotonic()
            for _ in range(100):
                with pytest.raises(RedisError):
                    await client.ping()

            assert monotonic() - started < WAIT.total_seconds()
            relay.speaks.set()
            await returns(client)

    async def test_connections_that_were_closed_are_replaced(self, settings: Settings) -> None:
        async with relayed(settings.redis) as relay, open_redis(relay.settings) as client:
            await client.ping()
            relay.hang_up()
            await asyncio.sleep(0)

            await returns(client)

    async def test_is_said_once(self, settings: Settings) -> None:
        with captured_log(app.core.redis_outage) as entries:
            async with (
                relayed(hasty(settings.redis)) as relay,
                open_redis(relay.settings) as client,
            ):
                relay.silent()
                for _ in range(100):
                    with pytest.raises(RedisError):
                        await client.ping()
                relay.speaks.set()
                await returns(client)

        assert [entry["event"] for entry in entries] == ["redis away", "redis back"]


class TestLookup:
    def test_that_hangs_is_waited_for(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """However often Redis is looked for, the lookups of others have threads left."""
        answered, asked = Event(), list[object]()
        nowhere = SecretStr("redis://nowhere.invalid:6379/0")
        changes = {"url": nowhere, "timeout": WAIT / 10}

        def hang(host: object, *_: object, **__: object) -> None:
            asked.append(host)
            answered.wait(PATIENCE)
            raise gaierror(EAI_NONAME, "no such name")

        async def ask() -> None:
            async with open_redis(settings.redis.model_copy(update=changes)) as client:
                for _ in range(20):
                    with pytest.raises(RedisError):
                        await client.ping()
                    await asyncio.sleep(WAIT.total_seconds() / 20)
                answered.set()

        monkeypatch.setattr(socket, "getaddrinfo", hang)
        monkeypatch.setattr(app.core.redis_outage, "PAUSE", 0.01)
        # uvloop asks without Python, in threads of its own
        with asyncio.Runner(loop_factory=asyncio.new_event_loop) as runner:
            runner.run(ask())

        assert len(asked) == 2, "one by the first command, and one by who looks for it since"


class TestPool:
    async def test_more_than_it_has_wait_for_each_other(self, settings: Settings) -> None:
        small = settings.redis.model_copy(update={"pool_size": 2})
        async with relayed(small) as relay, open_redis(relay.settings) as client:
            await asyncio.gather(*(client.ping() for _ in range(200)))

            assert relay.calls == 2
