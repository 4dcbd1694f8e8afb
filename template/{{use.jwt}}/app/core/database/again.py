"""Transactions that are tried again."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, TypeVar

from app.core.database.errors import AbortedError

ATTEMPTS: Final = 3

Result = TypeVar("Result")


async def again(work: Callable[[], Awaitable[Result]]) -> Result:
    """Do what has a transaction of its own; up to ``ATTEMPTS`` times while that is aborted."""
    for _ in range(ATTEMPTS - 1):
        with suppress(AbortedError):
            return await work()
    return await work()
