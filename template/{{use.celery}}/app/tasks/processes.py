"""The processes that run the tasks."""

from typing import Final
from weakref import WeakSet

from billiard.pool import ApplyResult, TimeoutHandler
from celery.concurrency.asynpool import AsynPool
from celery.concurrency.prefork import TaskPool
from kombu.asynchronous import get_event_loop

GRACE: Final = 1.0
"""Seconds in which the main process reads what its processes have answered."""


class TimeLimits(TimeoutHandler):
    """Ends a process that takes too long, but none whose answer was only not read yet.

    The main process reads nothing while it waits for its broker to come back, and then looks at the
    clock first.
    """

    late: Final[WeakSet[ApplyResult]] = WeakSet()

    def on_hard_timeout(self, job: ApplyResult) -> None:
        """End it if its time is over for the second time."""
        if job in self.late:
            super().on_hard_timeout(job)
        elif loop := get_event_loop():
            self.late.add(job)
            loop.call_later(GRACE, self.on_hard_timeout, job)


class JobProcesses(AsynPool):
    """Celery's, with our way to end them."""

    TimeoutHandler = TimeLimits


class JobPool(TaskPool):
    """Celery's, with our processes."""

    Pool = JobProcesses
