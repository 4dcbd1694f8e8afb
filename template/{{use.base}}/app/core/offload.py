"""Places beside the event loop for what would hold it up; nothing is started before it is used."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from contextvars import copy_context
from typing import Final, TypeVar, TypeVarTuple

import structlog
from anyio import BrokenResourceError, BrokenWorkerProcess, CapacityLimiter, to_process

from app.config.settings import Settings
from app.core.errors import UnavailableError

log = structlog.stdlib.get_logger()

ATTEMPTS: Final = 3
"""How many processes may be found dead before the work is handed to one."""

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")
IsDone = Callable[[], bool]


class NeverBegunError(Exception):
    """A process was lost before it had begun with the work, so another one may do it."""


class Threads:
    """Runs what waits for something without ``await``, in up to ``most`` threads.

    A thread cannot be ended: that of a request that was given up is left behind, and keeps its
    place until it has ended.
    """

    def __init__(self, most: int, queue: int) -> None:
        self._executor = ThreadPoolExecutor(most, "offload")
        self._places = most + queue
        self._pending: set[IsDone] = set()
        self._left: set[IsDone] = set()

    @property
    def left_behind(self) -> int:
        """How many threads are at something that nobody waits for."""
        self._left = {is_done for is_done in self._left if not is_done()}
        return len(self._left)

    async def run(self, work: Callable[[], Result]) -> Result:
        """Run ``work``; raise UnavailableError when too much waits already."""
        self._pending = {is_done for is_done in self._pending if not is_done()}
        if len(self._pending) >= self._places:
            raise overloaded()
        future = self._executor.submit(copy_context().run, work)
        self._pending.add(future.done)
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            if not future.cancel():
                self._left.add(future.done)
                log.warning("thread left behind", left_behind=self.left_behind)
            raise

    def close(self) -> None:
        """Begin nothing any more."""
        self._executor.shutdown(wait=False, cancel_futures=True)


class Processes:
    """Runs what computes, in up to ``most`` processes; one whose result nobody wants is killed."""

    def __init__(self, most: int, queue: int) -> None:
        self._limiter = CapacityLimiter(most)
        self._places = most + queue
        self._pending = 0

    async def run(self, work: Callable[[*Arguments], Result], *arguments: *Arguments) -> Result:
        """Run a function of a module; raise UnavailableError when too much waits already."""
        if self._pending >= self._places:
            raise overloaded()
        self._pending += 1
        try:
            for _ in range(ATTEMPTS - 1):
                with suppress(NeverBegunError):
                    return await self._hand_over(work, *arguments)
            return await self._hand_over(work, *arguments)
        finally:
            self._pending -= 1

    async def _hand_over(
        self, work: Callable[[*Arguments], Result], *arguments: *Arguments
    ) -> Result:
        """Run it; raise NeverBegunError when the process had ended before it was given the work."""
        try:
            return await to_process.run_sync(
                work, *arguments, cancellable=True, limiter=self._limiter
            )
        except BrokenWorkerProcess as error:
            if isinstance(error.__cause__, BrokenResourceError):
                log.warning("process ended while it was idle")
                raise NeverBegunError from error
            raise


def overloaded() -> UnavailableError:
    """Turn a flood away instead of letting it pile up (OWASP API4:2023)."""
    return UnavailableError("Too much waits for its turn.", code="overloaded")


@asynccontextmanager
async def offload_resource(settings: Settings) -> AsyncGenerator[Mapping[str, object]]:
    """Have places for as long as the service runs."""
    limits = settings.offload
    threads = Threads(limits.threads, limits.queue)
    try:
        yield {"threads": threads, "processes": Processes(limits.processes, limits.queue)}
    finally:
        threads.close()
