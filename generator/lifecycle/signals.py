"""How Ctrl-C and a request to end reach the work, and the steps that they must not cut."""

import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from generator.errors import Stopped

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

Handler: TypeAlias = Callable[[int, FrameType | None], object] | int | None

_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@contextmanager
def stoppable() -> Generator[None]:
    """Turn each stop signal into `Stopped`; one that the parent has us ignore stays ignored."""
    heeded = [number for number in _STOPS if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, _stop) for number in heeded}
    try:
        yield
    finally:
        _restore(before)


@contextmanager
def ignored() -> Generator[None]:
    """Let no stop signal in: the block is short, and half of it would be worse than all of it."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _STOPS}
    try:
        yield
    finally:
        _restore(before)


def _stop(number: int, _frame: FrameType | None) -> None:
    """Stop at the first signal; a second one must not cut the cleaning short.

    A loop that asks questions is stopped between two of its steps. In the middle of one it may take
    `Stopped` for the failure of whatever it is busy with, and go on.
    """
    for other in _STOPS:
        signal.signal(other, signal.SIG_IGN)
    if loop := _running_loop():
        loop.call_soon_threadsafe(_unwind, number)
    else:
        _unwind(number)


def _unwind(number: int) -> NoReturn:
    raise Stopped(number)


def _running_loop() -> "AbstractEventLoop | None":
    """Find the event loop that runs; asyncio is slow to import, and there where there is one."""
    if "asyncio" in sys.modules:
        import asyncio

        with suppress(RuntimeError):
            return asyncio.get_running_loop()
    return None


def _restore(handlers: dict[signal.Signals, Handler]) -> None:
    for number, handler in handlers.items():
        signal.signal(number, handler)
