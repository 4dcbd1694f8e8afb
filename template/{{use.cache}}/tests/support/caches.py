"""Caches for tests."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.cache.cache import Cache
from app.core.cache.memory import open_memory
from app.core.lifespan import State
from app.core.redis import open_redis
from app.dependencies.cache import cache_of
from tests.support.relay import Relay, relayed


@pytest.fixture
async def cache(state: State) -> AsyncGenerator[Cache]:
    """The cache, as a process has it that has just started."""
    async with open_memory() as memory:
        yield replace(cache_of(state), memory=memory)


@pytest.fixture
async def other_cache(cache: Cache) -> AsyncGenerator[Cache]:
    """The same, as another process has it."""
    async with open_memory() as memory:
        yield replace(cache, memory=memory)


@pytest.fixture
async def relay(state: State) -> AsyncGenerator[Relay]:
    """A way to Redis that the test may cut."""
    async with relayed(state["settings"].redis) as relay:
        yield relay


@pytest.fixture
async def far_cache(cache: Cache, relay: Relay) -> AsyncGenerator[Cache]:
    """The same once more, by that way."""
    hasty = relay.settings.model_copy(update={"timeout": timedelta(seconds=0.3)})
    async with open_redis(hasty) as client, open_memory() as memory:
        yield replace(cache, redis=client, memory=memory)
