"""The worker: a main process that reads the queue, and processes that run the tasks."""

import logging
import os
import signal
import warnings
from time import monotonic
from typing import Any, Final, cast

from celery import Celery, bootsteps
from celery.apps.worker import Worker
from celery.exceptions import SecurityWarning
from celery.platforms import EX_OK
from celery.signals import setup_logging, worker_process_init, worker_process_shutdown
from celery.worker import WorkController, state

from app.config.settings import Settings
from app.core.tasks.celery import create_celery
from app.core.tasks.heartbeat import PERIOD, heartbeat
from app.tasks.job import Job
from app.tasks.processes import JobPool
from app.tasks.registry import tasks
from app.tasks.requests import ANSWERS, JobConsumer
from app.tasks.runtime import Runtime

PATIENCE: Final = 60.0
"""Seconds in which the main process has to go once around its loop."""


class TaskWorker(Worker):
    """Celery's worker, which prints nothing beside the log."""

    def install_platform_tweaks(self, worker: WorkController) -> None:
        """On the first signal finish what runs; a second one ends at once."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, finish)


class Pulse(bootsteps.StartStopStep):
    """Notes that the main process goes around its loop, and makes it connect anew if it has to."""

    requires = ("celery.worker.components:Timer",)
    noted = 0.0
    worker: Any = None

    def start(self, parent: WorkController) -> None:
        """Note it regularly."""
        Pulse.worker = parent
        self.note()
        cast("Any", parent.timer).call_repeatedly(PERIOD, self.note)

    def note(self) -> None:
        """Note it now. The loop takes an error of the connection for its own, and begins again."""
        Pulse.noted = monotonic()
        ANSWERS.check()


def is_alive() -> bool:
    """Tell a worker that is stuck from one that waits for its broker to come back."""
    if Pulse.worker is None or Pulse.worker.consumer.connection is None:
        return True
    return monotonic() - Pulse.noted < PATIENCE


def finish(number: int, _: object) -> None:
    """Take no more tasks, and end when those that run are done."""
    signal.signal(number, signal.SIG_DFL)
    state.should_stop = EX_OK


def keep_logging(**_: object) -> None:
    """Leave the log as the service has set it up."""


def register(celery: Celery, settings: Settings) -> None:
    """Make Celery know every task, and open the service in each process that runs them."""
    runtime = Runtime(settings)
    for task in tasks():
        celery.register_task(Job(task, runtime))
    worker_process_init.connect(runtime.open, weak=False)
    worker_process_shutdown.connect(runtime.close, weak=False)


def run_worker(settings: Settings) -> int:
    """Work until a signal comes, and return the exit status."""
    # it is about pickle, which is not accepted
    warnings.filterwarnings("ignore", category=SecurityWarning)
    setup_logging.connect(keep_logging, weak=False)
    for repetitive in ("celery.app.trace", "celery.worker.strategy"):  # `perform` logs each task
        logging.getLogger(repetitive).setLevel(logging.WARNING)
    # Celery itself reads it for the delays of some brokers, and knows no password beside it
    os.environ["CELERY_BROKER_URL"] = settings.celery.url.get_secret_value()
    celery = create_celery(settings.celery)
    celery.steps["worker"].add(Pulse)
    celery.conf.worker_consumer = JobConsumer.keeping(settings.celery)
    register(celery, settings)
    worker = TaskWorker(
        app=celery,
        pool=JobPool,
        concurrency=settings.celery.concurrency,
        queues=[settings.celery.queue],
        quiet=True,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,
    )
    with heartbeat(settings.celery.heartbeat_file, is_alive):
        worker.start()
    return int(worker.exitcode or EX_OK)
