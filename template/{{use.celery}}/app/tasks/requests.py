"""What the worker's main process sees to, because a task's own process cannot."""

from typing import Final, cast

import structlog
from billiard.einfo import ExceptionInfo
from celery.worker.consumer import Consumer
from celery.worker.request import Request
from kombu.asynchronous import get_event_loop
from kombu.message import Message as BrokerMessage

from app.config.celery import CelerySettings
from app.core.errors import UnavailableError
from app.core.tasks.dead import DeadTasks
from app.core.tasks.message import Message
from app.tasks.job import Job

log = structlog.stdlib.get_logger()


class Answers:
    """Messages that the broker is told of, until it is.

    Celery only logs when that fails. The message goes on to count as being worked on; when that are
    as many as the worker may have, it stops reading, and would not notice a lost connection.
    """

    def __init__(self) -> None:
        self.new: list[BrokerMessage] = []
        self.older: list[BrokerMessage] = []

    def clear(self) -> None:
        """Forget those of an earlier connection."""
        self.new, self.older = [], []

    def check(self) -> None:
        """Raise ConnectionError if it takes from one call to the next."""
        late = [message for message in self.older if not message.acknowledged]
        self.new, self.older = [], self.new
        if late:
            self.clear()
            raise ConnectionError("The broker could not be told what was done.")


ANSWERS: Final = Answers()


class JobRequest(Request):
    """A message that a process of the worker has."""

    def acknowledge(self) -> None:
        """Tell the broker that it is done."""
        super().acknowledge()
        ANSWERS.new.append(self.message)

    def reject(self, requeue: bool = False) -> None:
        """Tell the broker that it is not."""
        super().reject(requeue)
        ANSWERS.new.append(self.message)

    def on_timeout(self, soft: bool, timeout: float) -> None:
        """Give a task up when its process has been killed, which may hold a lock before."""
        if soft:
            super().on_timeout(soft, timeout)
        elif loop := get_event_loop():
            loop.call_soon(self.give_up, timeout)

    def give_up(self, timeout: float) -> None:
        """Keep the message of a task whose process was killed because it took too long."""
        if self.bury(f"killed after {timeout:.0f} seconds"):
            super().on_timeout(False, timeout)

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

    def on_ready(self) -> None:
        """Begin with a new connection, on which nothing has failed."""
        ANSWERS.clear()
        super().on_ready()

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
