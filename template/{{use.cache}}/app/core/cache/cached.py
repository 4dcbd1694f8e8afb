"""Functions whose answers are kept."""

import hashlib
import inspect
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Concatenate, Generic, ParamSpec, TypeVar, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from app.core.cache.cache import Cache, UncachedError

Source = TypeVar("Source")
Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")


class Cached(Generic[Source, Arguments, Value]):
    """A function that is asked through a cache. What it raises is not kept."""

    def __init__(
        self,
        load: Callable[Concatenate[Source, Arguments], Awaitable[Value]],
        ttl: timedelta,
        missing: timedelta,
    ) -> None:
        self.load = load
        self.ttl = ttl
        self.missing = missing
        self.signature = inspect.signature(load)
        self.name = f"{load.__module__}.{load.__qualname__}"
        self.adapter = TypeAdapter[Value](get_type_hints(load)["return"])
        shape = to_json(self.adapter.json_schema(mode="serialization"))
        self.shape = hashlib.sha256(shape).hexdigest()

    def key(self, cache: Cache, *args: Arguments.args, **kwargs: Arguments.kwargs) -> str:
        """Name the answer to these arguments; JSON tells 1 from "1", and one argument from two.

        The answer's shape is part of it: what another version of the service kept is not read.
        """
        given = self.signature.bind(None, *args, **kwargs)
        given.apply_defaults()
        _, *arguments = given.arguments.values()
        text = to_json([self.shape, cache.who, arguments])
        return f"{cache.prefix}:{self.name}:{hashlib.sha256(text).hexdigest()}"

    async def read(
        self, cache: Cache, source: Source, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> Value:
        """Give what is kept, or load it from ``source``."""
        try:
            turn = await cache.turn(self.key(cache, *args, **kwargs))
        except UncachedError:
            return await self.load(source, *args, **kwargs)
        if isinstance(turn, bytes):
            with suppress(ValidationError):  # or else somebody else has written it
                return self.adapter.validate_json(turn)
            return await self.load(source, *args, **kwargs)
        async with cache.loading(turn):
            value = await self.load(source, *args, **kwargs)
            turn.landing = self.adapter.dump_json(value, by_alias=True, round_trip=True)
            turn.ttl = self.lifetime(value)
        return value

    def lifetime(self, value: Value) -> timedelta:
        """Vary it, so that what was loaded together is not loaded again together."""
        ttl = self.missing if value is None else self.ttl
        return ttl * random.uniform(0.9, 1)  # noqa: S311 - no secret


def cached(
    *, ttl: timedelta, missing: timedelta = timedelta(0)
) -> Callable[
    [Callable[Concatenate[Source, Arguments], Awaitable[Value]]],
    Cached[Source, Arguments, Value],
]:
    """Keep a function's answers for up to ``ttl``, and None, which is kept for ``missing``.

    Its first argument is what it reads from; all others are in the key. So whose answer it is must
    not depend on the first: take ``OwnCacheDep`` where it depends on who asks.
    """

    def decorate(
        load: Callable[Concatenate[Source, Arguments], Awaitable[Value]],
    ) -> Cached[Source, Arguments, Value]:
        return Cached(load, ttl, missing)

    return decorate
