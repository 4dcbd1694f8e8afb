"""Texts that come singly, and are answered together."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from contextvars import Context
from dataclasses import dataclass

from app.config.predictions import PredictionSettings
from app.config.settings import Settings
from app.core.batching.turns import Turns

Answers = Callable[[Sequence[str]], Awaitable[Sequence[str | Exception]]]
"""Answers several texts: each by a text, or by an error of its own."""


@dataclass(frozen=True, eq=False, slots=True)
class Question:
    """A text, and whoever waits for its answer: a future that is done is nobody's any more."""

    text: str
    answer: asyncio.Future[str]


class Batches:
    """Asks up to ``batch_size`` texts together, of which the first has waited ``batch_wait``.

    While all places are taken more texts come together, so the more is asked, the fuller they are.
    """

    def __init__(self, turns: Turns, limits: PredictionSettings) -> None:
        self._turns = turns
        self._size = limits.batch_size
        self._wait = limits.batch_wait.total_seconds()
        self._asked: deque[Question] = deque()
        self._is_full = asyncio.Event()
        self._collecting = 0
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, text: str, answers: Answers) -> str:
        """Have a text answered with others, or raise its error, or QueueFullError.

        Who is cancelled leaves the others alone; a call that nobody waits for is ended.
        """
        question = Question(text, asyncio.get_running_loop().create_future())
        self._turns.enter()
        self._asked.append(question)
        self._collect(answers)
        try:
            return await question.answer
        finally:
            if question in self._asked:
                self._asked.remove(question)
                self._turns.leave()

    async def close(self) -> None:
        """End what goes on."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _collect(self, answers: Answers) -> None:
        """Have one more batch, if those that are about to begin do not hold all; of nobody's."""
        if len(self._asked) >= self._size:
            self._is_full.set()
        if len(self._asked) > self._collecting * self._size:
            self._collecting += 1
            loop = asyncio.get_running_loop()
            task = loop.create_task(self._carry_out(answers), context=Context())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry_out(self, answers: Answers) -> None:
        """Wait for others and for a place, and only then see who is there."""
        await self._fill()
        async with self._turns.place():
            if batch := self._take():
                await answered(batch, answers)

    async def _fill(self) -> None:
        """Wait until a batch is full, but not for long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._wait):
                await self._is_full.wait()

    def _take(self) -> list[Question]:
        """Take those who have waited longest."""
        self._collecting -= 1
        batch = [self._asked.popleft() for _ in range(min(self._size, len(self._asked)))]
        for _ in batch:
            self._turns.leave()
        if len(self._asked) < self._size:
            self._is_full.clear()
        return batch


async def answered(batch: Sequence[Question], answers: Answers) -> None:
    """Ask, and tell each its own; end when nobody waits any more."""
    asking = asyncio.ensure_future(answers([each.text for each in batch]))

    def look(_: asyncio.Future[str]) -> None:
        if all(each.answer.done() for each in batch):
            asking.cancel()

    for each in batch:
        each.answer.add_done_callback(look)
    try:
        found = await asking
    except Exception as error:  # noqa: BLE001 - each is told
        found = [error] * len(batch)
    finally:
        asking.cancel()
    for question, answer in zip(batch, found, strict=True):
        tell(question, answer)


def tell(question: Question, answer: str | Exception) -> None:
    """Give an answer to whoever still waits for it."""
    if question.answer.done():
        return
    if isinstance(answer, Exception):
        question.answer.set_exception(answer)
    else:
        question.answer.set_result(answer)


@asynccontextmanager
async def batches_resource(settings: Settings) -> AsyncGenerator[Mapping[str, object]]:
    """Have turns and batches while the service runs."""
    limits = settings.predictions
    turns = Turns(limits.concurrency, limits.queue_size)
    batches = Batches(turns, limits)
    try:
        yield {"turns": turns, "batches": batches}
    finally:
        await batches.close()
