"""An end that comes from outside, and what it must not cut short."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from math import inf
from types import TracebackType
from typing import Final, Self


class Deadline:
    """Cancels what is within it, once it has passed, but nothing within ``to_the_end``.

    The cancellation ends here: what comes after goes on. ``ends`` is when, by the loop's clock.
    """

    __slots__ = ("_before", "_cancelled", "_holds", "_is_left", "_task", "_token", "ends", "passed")

    _task: asyncio.Task[object]
    _token: Token["Deadline | None"]

    def __init__(self) -> None:
        self.passed = False
        self.ends = inf
        self._cancelled = False
        self._is_left = False
        self._holds = 0
        self._before = 0

    def __enter__(self) -> Self:
        """Hold for the task that runs."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - who waits is a task
        self._task = task
        self._before = task.cancelling()
        self._token = CURRENT.set(self)
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> bool:
        """Take its own cancellation back; those of others go on."""
        self._is_left = True
        CURRENT.reset(self._token)
        if not self._cancelled:
            return False
        others = self._task.uncancel() > self._before
        return isinstance(exc_val, asyncio.CancelledError) and not others

    def pass_by(self) -> None:
        """Cancel what is within; called by the loop, never by the task itself."""
        self.passed = True
        if not (self._holds or self._cancelled or self._is_left):
            self._cancelled = True
            self._task.cancel()

    def hold(self) -> None:
        """Wait with it."""
        self._holds += 1

    def release(self) -> None:
        """Wait no more; what should have been cancelled meanwhile is so at its next step."""
        self._holds -= 1
        if self.passed:
            self._task.get_loop().call_soon(self.pass_by)


CURRENT: Final[ContextVar[Deadline | None]] = ContextVar("deadline", default=None)


@contextmanager
def to_the_end() -> Generator[None]:
    """Let no deadline cut short what is within: how half a commit ended, nobody would know."""
    deadline = CURRENT.get()
    if deadline is None:
        yield
        return
    deadline.hold()
    try:
        yield
    finally:
        deadline.release()
