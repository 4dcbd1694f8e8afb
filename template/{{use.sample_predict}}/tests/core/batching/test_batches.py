"""app.core.batching.batches: asked together, answered each by its own."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from app.config.predictions import PredictionSettings
from app.core.batching.batches import Batches
from app.core.batching.errors import QueueFullError
from app.core.batching.turns import Turns
from app.core.errors import NotFoundError
from tests.support.model import until

LONG = timedelta(minutes=1)


class Oracle:
    """Is asked, and answers when it is told to."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.may_answer = asyncio.Event()
        self.ended = 0

    async def answers(self, texts: Sequence[str]) -> Sequence[str | Exception]:
        """Wait, and answer each."""
        self.asked.append(list(texts))
        try:
            await self.may_answer.wait()
        finally:
            self.ended += 1
        return [NotFoundError(each) if each == "lost" else each.upper() for each in texts]


@asynccontextmanager
async def open_batches(**changes: object) -> AsyncGenerator[tuple[Batches, Turns]]:
    """Have some, with limits of their own."""
    limits = PredictionSettings().model_copy(update=changes)
    turns = Turns(limits.concurrency, limits.queue_size)
    batches = Batches(turns, limits)
    try:
        yield batches, turns
    finally:
        await batches.close()


@pytest.fixture
def oracle() -> Oracle:
    """Somebody to ask."""
    return Oracle()


class TestBatch:
    async def test_full_goes_at_once(self, oracle: Oracle) -> None:
        oracle.may_answer.set()
        async with open_batches(batch_size=3, batch_wait=LONG) as (batches, _):
            found = await asyncio.gather(*(batches.ask(each, oracle.answers) for each in "abc"))

        assert found == ["A", "B", "C"]
        assert oracle.asked == [["a", "b", "c"]]

    async def test_one_does_not_wait_for_long(self, oracle: Oracle) -> None:
        oracle.may_answer.set()
        async with open_batches(batch_size=3, batch_wait=timedelta(0)) as (batches, _):
            assert await batches.ask("a", oracle.answers) == "A"

    async def test_one_fails(self, oracle: Oracle) -> None:
        oracle.may_answer.set()
        async with open_batches(batch_size=3, batch_wait=LONG) as (batches, _):
            asked = (batches.ask(each, oracle.answers) for each in ("a", "lost", "b"))
            first, second, third = await asyncio.gather(*asked, return_exceptions=True)

        assert (first, third) == ("A", "B")
        assert isinstance(second, NotFoundError)

    async def test_all_fail(self) -> None:
        async def fail(_: Sequence[str]) -> Sequence[str]:
            raise NotFoundError("There is nobody.")

        async with open_batches(batch_size=2, batch_wait=LONG) as (batches, _):
            asked = (batches.ask(each, fail) for each in "ab")
            found = await asyncio.gather(*asked, return_exceptions=True)

        assert [type(each) for each in found] == [NotFoundError, NotFoundError]


class TestLeaves:
    async def test_one_of_them(self, oracle: Oracle) -> None:
        async with open_batches(batch_size=2, batch_wait=LONG) as (batches, _):
            first, second = (
                asyncio.create_task(batches.ask(each, oracle.answers)) for each in "ab"
            )
            await until(lambda: len(oracle.asked) == 1)
            first.cancel()
            oracle.may_answer.set()

            assert await second == "B"

    async def test_all_of_them(self, oracle: Oracle) -> None:
        async with open_batches(batch_size=2, batch_wait=LONG) as (batches, turns):
            asked = [asyncio.create_task(batches.ask(each, oracle.answers)) for each in "ab"]
            await until(lambda: len(oracle.asked) == 1)
            for each in asked:
                each.cancel()

            await until(lambda: oracle.ended == 1)
            assert not turns.waiting

    async def test_before_it_began(self, oracle: Oracle) -> None:
        """Nothing is asked for who has gone, and others take the place."""
        async with open_batches(concurrency=1, queue_size=1, batch_size=1) as (batches, turns):
            first = asyncio.create_task(batches.ask("a", oracle.answers))
            await until(lambda: len(oracle.asked) == 1)
            gone = asyncio.create_task(batches.ask("b", oracle.answers))
            await until(lambda: turns.waiting == 1)
            with pytest.raises(QueueFullError):
                await batches.ask("c", oracle.answers)
            gone.cancel()
            await until(lambda: turns.waiting == 0)
            last = asyncio.create_task(batches.ask("d", oracle.answers))
            await until(lambda: turns.waiting == 1)
            oracle.may_answer.set()

            assert [await first, await last] == ["A", "D"]
            assert oracle.asked == [["a"], ["d"]]
