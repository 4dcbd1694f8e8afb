"""app.tasks.cache: a task puts out of date what is kept, in whichever process."""

from app.core.cache.cache import Cache
from app.core.lifespan import State
from app.tasks.cache import forget
from app.tasks.runtime import perform
from tests.support.shelf import Shelf, title


class TestForget:
    async def test_is_loaded_again(self, state: State, other_cache: Cache) -> None:
        shelf = Shelf(a="Emma", b="Sanditon")
        for name in "ab":
            await title.read(other_cache, shelf, name)
        shelf.titles |= {"a": "Persuasion", "b": "The Watsons"}

        await perform(state, forget, forget.call(title.key(other_cache, "a")))

        assert await title.read(other_cache, shelf, "a") == "Persuasion"
        assert await title.read(other_cache, shelf, "b") == "Sanditon"
