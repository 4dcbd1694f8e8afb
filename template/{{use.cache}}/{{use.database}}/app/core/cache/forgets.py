"""What a transaction makes out of date."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from app.core.cache.cache import Cache
from app.core.cache.cached import Arguments, Cached, Source, Value
from app.core.deadline import to_the_end
from app.core.errors import UnavailableError


class Forgets:
    """Collects what is to be forgotten after the commit."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.keys: set[str] = set()

    def add(
        self,
        cached: Cached[Source, Arguments, Value],
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> None:
        """Forget the answer to these arguments."""
        self.keys.add(cached.key(self.cache, *args, **kwargs))


@asynccontextmanager
async def forgetting(cache: Cache) -> AsyncGenerator[Forgets]:
    """Forget at the end. Entered before a transaction, it is left after the commit.

    After an error there is nothing to forget, unless nobody knows how the commit ended.
    """
    forgets = Forgets(cache)
    try:
        yield forgets
    except UnavailableError:
        await cache.forget(*forgets.keys)
        raise
    with to_the_end():
        await cache.forget(*forgets.keys)
