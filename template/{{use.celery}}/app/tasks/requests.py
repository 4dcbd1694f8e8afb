"""What the worker's main process sees to, because a task's own process cannot."""

from typing import cast

import structlog
from billiard.einfo import ExceptionInfo
from celery.worker.consumer import Consumer
from celery.worker.request import Request
from kombu.message import Message as BrokerMessage

from app.config.celery import CelerySettings
from app.core.dead_tasks import DeadTasks
from app.core.errors import UnavailableError
from app.core.message import Message
from app.tasks.job import Job

log = structlog.stdlib.get_logger()


class JobRequest(Request):
    """A message that a process of the worker has."""

    def on_timeout(self, soft: bool, timeout: float) -> None:
        """Keep the message of a task whose process is killed because it takes too long."""
        if soft or self.bury(f"killed after {timeout:.0f} seconds"):
            super().on_timeout(soft, timeout)

    def on_failure(
        self, exc_info: ExceptionInfo, send_failed_event: bool = True, return_ok: bool = False
    ) -> None:
        """Keep the message of a task that ends its processes, or cannot be read by them."""
        if return_ok or not self.is_last() or self.bury(str(exc_info.exception)):
            super().on_failure(exc_info, send_failed_event, return_ok)

    def is_last(self) -> bool:
        """Tell whether it was tried as often as it may be."""
        retries: int = self.message.headers.get("retries", 0)
        return retries >= self.job.settings.max_retries

    def bury(self, reason: str) -> bool:
        """Put it where people find it, or leave it with the broker."""
        headers = self.message.headers
        try:
            DeadTasks(self.job.app, self.job.settings).add(self.message, reason)
            self.job.runtime.give_up_alone(
                Message(self.job.name, (), record_id=headers.get("record_id"))
            )
        except UnavailableError:
            self.reject(requeue=True)
            return False
        return True

    @property
    def job(self) -> Job:
        """The task."""
        return cast("Job", self.task)


class JobConsumer(Consumer):
    """Keeps what no task can be made of, instead of throwing it away."""

    settings: CelerySettings

    @classmethod
    def keeping(cls, settings: CelerySettings) -> type["JobConsumer"]:
        """Say where: Celery makes the consumer."""
        return type(cls.__name__, (cls,), {"settings": settings})

    def on_decode_error(self, message: BrokerMessage, exc: Exception) -> None:
        """Keep what is no JSON."""
        self.bury(message, exc)

    def on_unknown_message(self, body: object, message: BrokerMessage) -> None:
        """Keep what does not come from Celery."""
        self.bury(message, "not a message of Celery")

    def on_unknown_task(self, body: object, message: BrokerMessage, exc: Exception) -> None:
        """Keep what another version of the service knows."""
        self.bury(message, f"unknown task {exc}")

    def on_invalid_task(self, body: object, message: BrokerMessage, exc: Exception) -> None:
        """Keep what is no call."""
        self.bury(message, exc)

    def bury(self, message: BrokerMessage, reason: object) -> None:
        """Put it where people find it."""
        log.error("message without a task", reason=str(reason))
        DeadTasks(self.app, self.settings).add(message, str(reason))
        message.ack()
