"""app.core.cache.cached: names without ambiguity, and what is kept under them."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pytest
from pydantic import BaseModel
from pydantic.errors import PydanticSchemaGenerationError
from starlette.responses import Response

from app.core.cache.cache import Cache
from app.core.cache.cached import cached
from tests.support.shelf import Shelf, title, title_or_none

MINUTE: Final = timedelta(minutes=1)


class Reader(BaseModel):
    """What an answer can be."""

    name: str
    born: datetime
    friends: list["Reader"] = []


@cached(ttl=MINUTE)
async def anything(_: Shelf, *parts: object, tag: object = None) -> str:
    """Answer anything that can be asked."""
    return f"{parts} {tag}"


@cached(ttl=MINUTE)
async def reader(shelf: Shelf, name: str) -> Reader:
    """Answer with a model."""
    await shelf.find(name)
    return Reader(name=name, born=datetime(1815, 12, 10, 1, 2, 3, 4, UTC))


async def lifetime(cache: Cache, key: str) -> float:
    """Say for how many seconds a key is kept; below zero it is not there."""
    script = cache.redis.register_script("return redis.call('PTTL', KEYS[1])")
    return int(str(await script([key]))) / 1000


class TestKey:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ((1,), ("1",)),
            ((1,), (True,)),
            ((None,), ("",)),
            ((None,), ("null",)),
            ((None,), ()),
            (("a", "b"), ("a,b",)),
            (("a", "b"), ('a", "b',)),
            (("a:", "b"), ("a", ":b")),
            ((["a", "b"],), ("a", "b")),
            ((["a"], "b"), (["a", "b"],)),
            (({"a": "b"},), ("a", "b")),
            (("é",), ("e\N{COMBINING ACUTE ACCENT}",)),
        ],
    )
    async def test_differs(
        self, cache: Cache, one: Sequence[object], other: Sequence[object]
    ) -> None:
        assert anything.key(cache, *one) != anything.key(cache, *other)

    async def test_is_the_same_however_it_is_called(self, cache: Cache) -> None:
        assert title.key(cache, "a") == title.key(cache, name="a")
        assert anything.key(cache, 1) == anything.key(cache, 1, tag=None)
        assert anything.key(cache, 1) != anything.key(cache, 1, tag=0)

    async def test_takes_what_json_can_tell(self, cache: Cache) -> None:
        days = date(2026, 1, 2), date(2026, 1, 3)

        assert anything.key(cache, days[0]) != anything.key(cache, days[1])
        with pytest.raises(ValueError, match="Unable to serialize"):
            anything.key(cache, object())

    async def test_of_each_function_and_of_each_who(self, cache: Cache) -> None:
        names = {
            title.key(cache, "a"),
            title_or_none.key(cache, "a"),
            title.key(replace(cache, who="1"), "a"),
            title.key(replace(cache, who="2"), "a"),
        }

        assert len(names) == 4

    async def test_of_each_shape(self, cache: Cache) -> None:
        """What the version before a deployment kept is not what this one reads."""

        class Other(Reader):
            """The same, and more."""

            age: int = 0

        changed = cached(ttl=MINUTE)(reader.load)
        assert changed.key(cache, "a") == reader.key(cache, "a")

        async def load(shelf: Shelf, name: str) -> Other:
            return Other(**(await reader.load(shelf, name)).model_dump())

        load.__module__, load.__qualname__ = reader.load.__module__, reader.load.__qualname__
        load.__annotations__["return"] = Other

        assert cached(ttl=MINUTE)(load).key(cache, "a") != reader.key(cache, "a")

    async def test_is_short_and_says_whose_it_is(self, cache: Cache) -> None:
        key = title.key(cache, "a" * 100_000)

        assert key.startswith(f"{cache.prefix}:tests.support.shelf.title:")
        assert len(key) < 200


class TestKept:
    async def test_is_loaded_once(self, cache: Cache, other_cache: Cache) -> None:
        shelf = Shelf(a="Emma")

        answers = [await title.read(each, shelf, "a") for each in (cache, cache, other_cache)]

        assert answers == ["Emma"] * 3
        assert shelf.loads == ["a"]

    async def test_is_the_same_again(self, cache: Cache) -> None:
        shelf = Shelf()

        first, second = [await reader.read(cache, shelf, "Ada") for _ in range(2)]

        assert first == second
        assert len(shelf.loads) == 1

    async def test_is_json(self, cache: Cache) -> None:
        await reader.read(cache, Shelf(), "Ada")

        kept = await cache.redis.get(reader.key(cache, "Ada"))
        assert kept == b'{"name":"Ada","born":"1815-12-10T01:02:03.000004Z","friends":[]}'

    async def test_never_longer_than_said_and_not_all_as_long(self, cache: Cache) -> None:
        shelf = Shelf(**{f"t{number}": "Emma" for number in range(20)})
        for name in shelf.titles:
            await title.read(cache, shelf, name)

        lifetimes = [await lifetime(cache, title.key(cache, name)) for name in shelf.titles]

        assert all(50 < each <= 60 for each in lifetimes)
        assert max(lifetimes) - min(lifetimes) > 1

    async def test_none_only_by_choice(self, cache: Cache) -> None:
        shelf = Shelf()

        for _ in range(2):
            assert await title.read(cache, shelf, "a") is None
            assert await title_or_none.read(cache, shelf, "b") is None

        assert shelf.loads == ["a", "b", "a"]
        assert await lifetime(cache, title.key(cache, "a")) < 0
        assert 0 < await lifetime(cache, title_or_none.key(cache, "b")) <= 5

    async def test_not_what_is_too_large(self, cache: Cache) -> None:
        shelf = Shelf(a="a" * cache.max_value_size, b="b" * (cache.max_value_size - 2))

        for _ in range(2):
            assert await title.read(cache, shelf, "a") == shelf.titles["a"]
            assert await title.read(cache, shelf, "b") == shelf.titles["b"]

        assert shelf.loads == ["a", "b", "a"]

    async def test_no_error(self, cache: Cache) -> None:
        @cached(ttl=MINUTE)
        async def failing(shelf: Shelf, name: str) -> str:
            await shelf.find(name)
            raise LookupError(name)

        shelf = Shelf()
        for _ in range(2):
            with pytest.raises(LookupError):
                await failing.read(cache, shelf, "a")

        assert shelf.loads == ["a", "a"]
        assert await cache.redis.get(failing.key(cache, "a")) is None

    def test_no_response(self) -> None:
        """So no cookie and no id of a request can be."""

        async def answer(_: Shelf) -> Response:
            raise NotImplementedError

        with pytest.raises(PydanticSchemaGenerationError):
            cached(ttl=MINUTE)(answer)

    async def test_what_is_not_an_answer_is_loaded(self, cache: Cache) -> None:
        shelf = Shelf(a="Emma")
        await cache.redis.set(title.key(cache, "a"), "{}", px=60_000)

        assert await title.read(cache, shelf, "a") == "Emma"


class TestOneLoad:
    async def test_of_many_who_ask_at_once(self, cache: Cache, other_cache: Cache) -> None:
        shelf = Shelf(a="Emma")
        shelf.open.clear()

        reading = asyncio.gather(
            *(title.read(each, shelf, "a") for each in (cache, other_cache) for _ in range(50))
        )
        await shelf.is_asked()
        await asyncio.sleep(0.1)
        shelf.open.set()

        assert set(await reading) == {"Emma"}
        assert shelf.loads == ["a"]
        assert not cache.memory.loads
        assert not other_cache.memory.loads

    async def test_of_one_who_finds_the_lease_before_its_holder_knows(
        self, cache: Cache, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What Redis was told, another request may read before the one who told it goes on."""
        shelf, stored, found = Shelf(a="Emma"), asyncio.Event(), asyncio.Event()
        go_on, take, get = asyncio.Event(), cache.redis.set, cache.redis.get

        async def take_and_dawdle(name: str, value: bytes, *, px: int, nx: bool) -> object:
            taken = await take(name, value, px=px, nx=nx)
            stored.set()
            await go_on.wait()
            return taken

        async def get_and_tell(name: str) -> object:
            held = await get(name)
            if held is not None:
                found.set()
            return held

        monkeypatch.setattr(cache.redis, "set", take_and_dawdle)
        monkeypatch.setattr(cache.redis, "get", get_and_tell)
        first = asyncio.create_task(title.read(cache, shelf, "a"))
        await stored.wait()
        second = asyncio.create_task(title.read(cache, shelf, "a"))
        await found.wait()
        await asyncio.sleep(0)
        go_on.set()

        assert [await first, await second] == ["Emma", "Emma"]
        assert shelf.loads == ["a"]
        assert not cache.memory.loads

    async def test_who_leaves_passes_it_on(self, cache: Cache, other_cache: Cache) -> None:
        shelf = Shelf(a="Emma")
        shelf.open.clear()
        first = asyncio.create_task(title.read(cache, shelf, "a"))
        await shelf.is_asked()
        others = [
            asyncio.create_task(title.read(each, shelf, "a"))
            for each in (cache, other_cache)
            for _ in range(10)
        ]
        await asyncio.sleep(0.05)

        first.cancel()
        await shelf.is_asked(times=2)
        shelf.open.set()

        assert set(await asyncio.gather(*others)) == {"Emma"}
        assert shelf.loads == ["a", "a"]

    async def test_of_which_one_fails(self, cache: Cache) -> None:
        """The others do as without a cache: who failed may have failed alone."""
        shelf = Shelf(a="Emma")
        shelf.open.clear()

        @cached(ttl=MINUTE)
        async def once(shelf: Shelf, name: str) -> str | None:
            found = await shelf.find(name)
            if len(shelf.loads) == 1:
                raise LookupError
            return found

        first = asyncio.create_task(once.read(cache, shelf, "a"))
        await shelf.is_asked()
        others = [asyncio.create_task(once.read(cache, shelf, "a")) for _ in range(5)]
        await asyncio.sleep(0.05)
        shelf.open.set()

        with pytest.raises(LookupError):
            await first
        assert set(await asyncio.gather(*others)) == {"Emma"}

    async def test_a_lost_lease_is_not_waited_for_long(self, cache: Cache) -> None:
        """Who took it was killed."""
        shelf = Shelf(a="Emma")
        await cache.redis.set(title.key(cache, "a"), b"\0lost", px=60_000)

        async with asyncio.timeout(10):
            assert await title.read(cache, shelf, "a") == "Emma"
