"""The cache, for routes and what they are made of."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.cache.cache import Cache
from app.core.lifespan import State, state_of


def cache_of(state: State) -> Cache:
    """Put the cache together, for everybody."""
    settings = state["settings"]
    return Cache(
        redis=state["redis"],
        memory=state["cache_memory"],
        prefix=settings.redis.key("cache"),
        max_value_size=settings.cache.max_value_size,
    )


async def get_cache(connection: HTTPConnection) -> Cache:
    """Keep answers that are the same for everybody."""
    return cache_of(state_of(connection))


CacheDep = Annotated[Cache, Depends(get_cache)]
