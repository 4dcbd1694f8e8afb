"""app.core.cache.forgets: what is out of date after a commit."""

import asyncio

import pytest

from app.core.cache.cache import Cache
from app.core.cache.forgets import forgetting
from app.core.errors import ConflictError, UnavailableError
from tests.support.shelf import Shelf, title


class TestForgetting:
    async def test_at_the_end(self, cache: Cache) -> None:
        shelf = Shelf(a="Emma")
        await title.read(cache, shelf, "a")

        async with forgetting(cache) as forgets:
            shelf.titles["a"] = "Persuasion"
            forgets.add(title, "a")
            assert await title.read(cache, shelf, "a") == "Emma"

        assert await title.read(cache, shelf, "a") == "Persuasion"

    @pytest.mark.parametrize(
        ("error", "loads"), [(ConflictError, 1), (asyncio.CancelledError, 1), (UnavailableError, 2)]
    )
    async def test_not_after_an_error(
        self, cache: Cache, error: type[BaseException], loads: int
    ) -> None:
        """But of a commit without an answer nobody knows whether it was one."""
        shelf = Shelf(a="Emma")
        await title.read(cache, shelf, "a")

        async def fail() -> None:
            async with forgetting(cache) as forgets:
                forgets.add(title, "a")
                raise error("no")

        with pytest.raises(error):
            await fail()

        await title.read(cache, shelf, "a")
        assert len(shelf.loads) == loads
