"""app.core.together: all or none, and nothing goes on of which nobody wants the result."""

import asyncio
from functools import partial

import pytest

from app.core.errors import NotFoundError
from app.core.together import together


class Work:
    """Counts who is at it."""

    def __init__(self) -> None:
        self.now = 0
        self.most = 0
        self.ended = 0
        self.three = asyncio.Event()

    async def take(self, number: int, seconds: float = 0.01) -> int:
        """Take some time; fail for a negative number."""
        self.now += 1
        self.most = max(self.most, self.now)
        if self.now == 3:
            self.three.set()
        try:
            await asyncio.sleep(seconds)
            if number < 0:
                raise NotFoundError(f"There is no {number}.")
            return 2 * number
        finally:
            self.now -= 1
            self.ended += 1


@pytest.fixture
def work() -> Work:
    """Something to do."""
    return Work()


class TestTogether:
    async def test_in_order(self, work: Work) -> None:
        calls = [partial(work.take, number, 0.05 - number / 100) for number in range(5)]

        assert await together(calls) == [0, 2, 4, 6, 8]
        assert work.most == 5

    async def test_nothing(self) -> None:
        assert await together([]) == []

    async def test_budget(self, work: Work) -> None:
        await together((partial(work.take, number) for number in range(20)), at_once=3)

        assert (work.most, work.ended) == (3, 20)

    async def test_one_fails(self, work: Work) -> None:
        """Its error is raised as it is, once the others have ended."""
        calls = [partial(work.take, 1, 30), partial(work.take, -1), partial(work.take, 2, 30)]

        with pytest.raises(NotFoundError, match="no -1"):
            await together(calls)

        assert (work.now, work.ended) == (0, 3)

    async def test_goes_on_after_a_failure(self, work: Work) -> None:
        """As one that was never cancelled: a timeout after it is told apart from an end."""
        with pytest.raises(NotFoundError):
            await together([partial(work.take, 1, 30), partial(work.take, -1)])

        task = asyncio.current_task()
        assert task is not None
        assert task.cancelling() == 0

    async def test_cancelled(self, work: Work) -> None:
        all_of_them = asyncio.create_task(together([partial(work.take, 1, 30)] * 3))
        await work.three.wait()
        all_of_them.cancel()

        with pytest.raises(asyncio.CancelledError):
            await all_of_them
        assert (work.now, work.ended) == (0, 3)
