"""app.core.outgoing.breaker: one attempt decides for all."""

from datetime import timedelta

import pytest

from app.core.outgoing import breaker as module
from app.core.outgoing.breaker import Breaker
from app.core.outgoing.errors import FailedAttempt, UpstreamUnavailableError

FAILED = FailedAttempt(UpstreamUnavailableError("It is away."), "test")
OURS = FailedAttempt(UpstreamUnavailableError("It is full."), "test", is_theirs=False)


class Clock:
    """A time that a test sets."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The breaker's clock."""
    clock = Clock()
    monkeypatch.setattr(module, "monotonic", clock)
    return clock


@pytest.fixture
def breaker(clock: Clock) -> Breaker:  # noqa: ARG001 - it tells its time
    """One that opens after three failures, for ten seconds."""
    return Breaker("other", 3, timedelta(seconds=10))


def attempt(breaker: Breaker, outcome: BaseException | None = None) -> str:
    """Make an attempt, and say what became of it."""
    try:
        with breaker.attempt():
            if outcome is not None:
                raise outcome
    except FailedAttempt as failed:
        return failed.reason
    except KeyboardInterrupt:
        return "cut short"
    return "done"


def opened(breaker: Breaker) -> None:
    """Open it."""
    for _ in range(3):
        attempt(breaker, FAILED)


class TestOpens:
    def test_after_failures_in_a_row(self, breaker: Breaker) -> None:
        attempt(breaker, FAILED)
        attempt(breaker, FAILED)
        attempt(breaker)
        attempt(breaker, FAILED)
        attempt(breaker, FAILED)
        assert not breaker.is_open

        assert attempt(breaker, FAILED) == "test"
        assert breaker.is_open
        assert attempt(breaker) == "breaker open"

    def test_not_by_what_is_ours(self, breaker: Breaker) -> None:
        for _ in range(10):
            attempt(breaker, OURS)
            attempt(breaker, KeyboardInterrupt())

        assert not breaker.is_open


class TestHalfOpen:
    def test_one_at_a_time(self, breaker: Breaker, clock: Clock) -> None:
        opened(breaker)
        clock.now += 10

        with breaker.attempt():
            assert attempt(breaker) == "breaker open"

        assert attempt(breaker) == "done"
        assert not breaker.is_open

    def test_fails(self, breaker: Breaker, clock: Clock) -> None:
        opened(breaker)
        clock.now += 10
        assert attempt(breaker, FAILED) == "test"
        assert attempt(breaker) == "breaker open"

        clock.now += 9
        assert attempt(breaker) == "breaker open"
        clock.now += 1
        assert attempt(breaker) == "done"

    @pytest.mark.parametrize("outcome", [OURS, KeyboardInterrupt()])
    def test_decides_nothing(self, breaker: Breaker, clock: Clock, outcome: BaseException) -> None:
        """The next one tries instead: nobody who was cut short keeps it open for ever."""
        opened(breaker)
        clock.now += 10
        attempt(breaker, outcome)
        assert breaker.is_open

        assert attempt(breaker) == "done"
        assert not breaker.is_open

    def test_what_began_before_decides_nothing(self, breaker: Breaker, clock: Clock) -> None:
        with breaker.attempt():
            opened(breaker)
        assert breaker.is_open
