"""app.core.cache: what is forgotten, and cannot come back."""

import asyncio
from typing import Final

import pytest
from redis.exceptions import RedisError

from app.core.cache import memory
from app.core.cache.cache import Cache
from tests.support.relay import Relay
from tests.support.shelf import Shelf, title, title_or_none

PATIENCE: Final = 20


async def catches_up(cache: Cache) -> None:
    """Wait until nothing is overdue."""
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*cache.memory.tasks)


async def goes_away(cache: Cache, relay: Relay) -> None:
    """Have the cache notice that Redis is silent."""
    relay.silent()
    with pytest.raises(RedisError):
        await cache.redis.get("any")


class TestForget:
    async def test_is_loaded_again(self, cache: Cache, other_cache: Cache) -> None:
        shelf = Shelf(a="Emma")
        await title.read(cache, shelf, "a")
        shelf.titles["a"] = "Persuasion"
        assert await title.read(cache, shelf, "a") == "Emma"

        await other_cache.forget(title.key(other_cache, "a"))

        assert await title.read(cache, shelf, "a") == "Persuasion"

    @pytest.mark.parametrize("in_between", [True, False])
    async def test_an_older_load_keeps_nothing(
        self, cache: Cache, other_cache: Cache, in_between: bool
    ) -> None:
        """It read before the change, and ends after it; ``in_between``, somebody else loads."""
        shelf = Shelf(a="Emma")
        shelf.open.clear()
        old = asyncio.create_task(title.read(cache, shelf, "a"))
        await shelf.is_asked()

        shelf.titles["a"] = "Persuasion"
        await other_cache.forget(title.key(other_cache, "a"))
        new = asyncio.create_task(title.read(cache, shelf, "a")) if in_between else None
        if new is not None:
            await shelf.is_asked(times=2)
        shelf.open.set()

        assert await old == "Emma"
        assert new is None or await new == "Persuasion"
        assert await title.read(other_cache, shelf, "a") == "Persuasion"
        assert await title.read(cache, shelf, "a") == "Persuasion"

    async def test_that_there_was_none(self, cache: Cache) -> None:
        shelf = Shelf()
        assert await title_or_none.read(cache, shelf, "a") is None

        shelf.titles["a"] = "Emma"
        await cache.forget(title_or_none.key(cache, "a"))

        assert await title_or_none.read(cache, shelf, "a") == "Emma"


class TestAway:
    async def test_is_served_from_the_source(self, far_cache: Cache, relay: Relay) -> None:
        shelf = Shelf(a="Emma")
        await goes_away(far_cache, relay)

        async with asyncio.timeout(0.5):
            answers = [await title.read(far_cache, shelf, "a") for _ in range(100)]

        assert answers == ["Emma"] * 100
        assert len(shelf.loads) == 100

    async def test_of_many_at_once_nobody_fails(self, far_cache: Cache, relay: Relay) -> None:
        shelf = Shelf(a="Emma")
        shelf.open.clear()
        reading = asyncio.gather(*(title.read(far_cache, shelf, "a") for _ in range(100)))
        await shelf.is_asked()

        relay.silent()
        shelf.open.set()

        assert set(await reading) == {"Emma"}
        assert not far_cache.memory.loads

    async def test_what_was_changed_meanwhile_is_not_read(
        self, cache: Cache, far_cache: Cache, relay: Relay
    ) -> None:
        shelf = Shelf(a="Emma")
        await title.read(far_cache, shelf, "a")
        await goes_away(far_cache, relay)

        shelf.titles["a"] = "Persuasion"
        await far_cache.forget(title.key(far_cache, "a"))
        assert await title.read(far_cache, shelf, "a") == "Persuasion"
        relay.speaks.set()
        await catches_up(far_cache)

        assert await title.read(cache, shelf, "a") == "Persuasion"
        assert await title.read(far_cache, shelf, "a") == "Persuasion"

    async def test_what_is_overdue_is_bounded(
        self, cache: Cache, far_cache: Cache, relay: Relay, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of too much, all is forgotten."""
        monkeypatch.setattr(memory, "MOST", 3)
        shelf = Shelf(a="Emma")
        await title.read(cache, shelf, "a")
        await goes_away(far_cache, relay)

        for number in range(10):
            await far_cache.forget(title.key(far_cache, str(number)))
            assert len(far_cache.memory.overdue) <= 3
        relay.speaks.set()
        await catches_up(far_cache)

        await title.read(cache, shelf, "a")
        assert len(shelf.loads) == 2
