"""An end to calls that would fail, until one of them shows that they do not any more."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from math import ceil
from time import monotonic

import structlog

from app.core.outgoing.errors import FailedAttempt, UpstreamUnavailableError

log = structlog.stdlib.get_logger()


class Breaker:
    """Closed until so many attempts in a row have failed, then open for a while.

    After that a single attempt is let through, and its outcome decides for all. What began before
    the breaker opened decides nothing, nor does what was cut short.
    """

    def __init__(self, name: str, failures: int, pause: timedelta) -> None:
        self._name = name
        self._most = failures
        self._pause = pause.total_seconds()
        self._failures = 0
        self._opened: float | None = None
        self._is_trying = False
        self._era = 0

    @property
    def is_open(self) -> bool:
        """Whether it lets nothing through, or one attempt alone."""
        return self._opened is not None

    @contextmanager
    def attempt(self, *, is_whole: bool = True) -> Generator[None]:
        """Make an attempt within; raise FailedAttempt at once where none is let through.

        One that is not whole only begins: it closes the breaker, but excuses no earlier failure.
        """
        self._refuse()
        era, self._is_trying = self._era, self.is_open
        try:
            yield
        except FailedAttempt as failed:
            self._note(era, is_failure=failed.is_theirs)
            raise
        else:
            if is_whole or self.is_open:
                self._close(era)
        finally:
            self._is_trying = self._is_trying and era != self._era

    @contextmanager
    def going_on(self) -> Generator[None]:
        """Go on within with what an attempt has begun; nobody waits for how it ends."""
        era = self._era
        try:
            yield
        except FailedAttempt as failed:
            self._note(era, is_failure=failed.is_theirs)
            raise
        else:
            self._close(era)

    def _refuse(self) -> None:
        """Let nothing through while it is open, nor while one attempt is under way after that."""
        if self._opened is None:
            return
        left = self._opened + self._pause - monotonic()
        if left > 0 or self._is_trying:
            error = UpstreamUnavailableError(f"{self._name} does not answer at present.")
            error.headers = {"Retry-After": str(max(1, ceil(left)))}
            raise FailedAttempt(error, "breaker open", is_theirs=False)

    def _note(self, era: int, *, is_failure: bool) -> None:
        """Count a failure, and open where that is one too many."""
        if era != self._era:
            return
        self._failures += is_failure
        if is_failure and (self.is_open or self._failures >= self._most):
            self._era += 1
            self._is_trying = False
            if not self.is_open:
                log.warning("breaker opened", upstream=self._name)
            self._opened = monotonic()

    def _close(self, era: int) -> None:
        """Begin to count anew."""
        if era != self._era:
            return
        self._failures = 0
        if self.is_open:
            log.info("breaker closed", upstream=self._name)
            self._opened = None
