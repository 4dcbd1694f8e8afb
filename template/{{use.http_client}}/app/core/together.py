"""Several things at once, as one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Final, TypeVar

Result = TypeVar("Result")

AT_ONCE: Final = 5


async def together(
    calls: Iterable[Callable[[], Awaitable[Result]]], *, at_once: int = AT_ONCE
) -> list[Result]:
    """Make calls side by side, up to ``at_once`` of them; return their results in order.

    All or none: when one fails, the others are cancelled and have ended before its error is
    raised. So nothing goes on of which nobody wants the result, as it would after
    ``asyncio.gather`` alone. What is to be left out instead, a call returns as ``None``.
    """
    places = asyncio.Semaphore(at_once)

    async def one(call: Callable[[], Awaitable[Result]]) -> Result:
        async with places:
            return await call()

    # before Python 3.13 a TaskGroup that fails leaves its task counted as cancelled
    tasks = [asyncio.create_task(one(call)) for call in [*calls]]
    try:
        return await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
