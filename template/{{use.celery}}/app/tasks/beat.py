"""Beat: sends what is to be done periodically. Exactly one of it runs."""

from time import monotonic
from typing import Final

import structlog
from celery.apps.beat import Beat
from celery.beat import ScheduleEntry, Scheduler, SchedulingError
from celery.signals import setup_logging
from kombu import Producer

from app.config.settings import Settings
from app.core.tasks.celery import create_celery
from app.core.tasks.heartbeat import heartbeat
from app.tasks.registry import tasks
from app.tasks.worker import keep_logging

log = structlog.stdlib.get_logger()

LONGEST_SLEEP: Final = 5
PATIENCE: Final = 60.0
"""Seconds, of which one sending without a broker may take a few."""


class TaskScheduler(Scheduler):
    """Keeps the schedule in memory: every task is due again soon enough after a restart."""

    ticked = 0.0

    # so each sending takes a connection of the pool, and fails in bounded time
    producer = None  # pyright: ignore[reportIncompatibleMethodOverride, reportAssignmentType]

    def tick(self) -> float:  # pyright: ignore[reportIncompatibleMethodOverride] - as it is called
        """Note that it goes on."""
        TaskScheduler.ticked = monotonic()
        return super().tick()

    def apply_entry(self, entry: ScheduleEntry, producer: Producer | None = None) -> None:
        """Send a task; without a broker, another time."""
        try:
            self.apply_async(entry, advance=False)
        except SchedulingError as error:
            log.warning("periodic task not sent", task=entry.task, reason=str(error))


def is_alive() -> bool:
    """Tell whether it still looks at what is due."""
    return monotonic() - TaskScheduler.ticked < PATIENCE


def schedule() -> dict[str, dict[str, object]]:
    """List what is periodic; what a broker that was down could not hand out is left out."""
    return {
        task.name: {
            "task": task.name,
            "schedule": task.every,
            "options": {"expires": task.every.total_seconds()},
        }
        for task in tasks()
        if task.every is not None
    }


def run_beat(settings: Settings) -> None:
    """Send until a signal comes."""
    setup_logging.connect(keep_logging, weak=False)
    celery = create_celery(settings.celery)
    celery.conf.beat_schedule = schedule()
    scheduler = f"{__name__}:{TaskScheduler.__name__}"
    beat = Beat(app=celery, scheduler=scheduler, max_interval=LONGEST_SLEEP, quiet=True)
    with heartbeat(settings.celery.heartbeat_file, is_alive):
        beat.run()
