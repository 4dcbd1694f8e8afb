"""How long nothing may happen on a connection."""

from asyncio import AbstractEventLoop, TimerHandle
from collections.abc import Callable


class Patience:
    """Begins to be lost once, and is regained whenever something happens."""

    __slots__ = ("_loop", "_timer")

    def __init__(self, loop: AbstractEventLoop) -> None:
        self._loop = loop
        self._timer: TimerHandle | None = None

    def begin(self, seconds: float, hang_up: Callable[[], None]) -> None:
        """Hang up in a while, unless that has begun before."""
        if self._timer is None:
            self._timer = self._loop.call_later(seconds, hang_up)

    def end(self) -> None:
        """Hang up no more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
