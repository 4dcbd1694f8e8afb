"""app.core.batching.turns: so much at once, and so many who wait."""

import asyncio

import pytest

from app.core.batching.errors import QueueFullError
from app.core.batching.turns import Turns
from tests.support.model import until


async def take(turns: Turns, taken: list[int], number: int, end: asyncio.Event) -> None:
    """Have a turn until the end."""
    async with turns.turn():
        taken.append(number)
        await end.wait()


class TestTurns:
    async def test_in_order(self) -> None:
        turns, taken, end = Turns(1, 2), list[int](), asyncio.Event()
        tasks = [asyncio.create_task(take(turns, taken, number, end)) for number in range(2)]
        await until(lambda: turns.waiting == 1)
        tasks.append(asyncio.create_task(take(turns, taken, 2, end)))
        await until(lambda: turns.waiting == 2)
        with pytest.raises(QueueFullError):
            await take(turns, taken, 3, end)
        assert taken == [0]

        end.set()
        await asyncio.gather(*tasks)

        assert taken == [0, 1, 2]
        assert not turns.waiting

    async def test_who_leaves_takes_no_place(self) -> None:
        turns, taken, end = Turns(1, 2), list[int](), asyncio.Event()
        first, gone, last = (
            asyncio.create_task(take(turns, taken, number, end)) for number in range(3)
        )
        await until(lambda: turns.waiting == 2)

        gone.cancel()
        await until(lambda: turns.waiting == 1)
        end.set()
        await asyncio.gather(first, last)

        assert taken == [0, 2]
