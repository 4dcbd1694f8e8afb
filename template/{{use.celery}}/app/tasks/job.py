"""A task, as Celery runs it."""

import random
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Final, cast

import celery
import structlog
from celery.exceptions import Reject
from kombu.exceptions import OperationalError

from app.config.celery import CelerySettings
from app.core.errors import UnavailableError
from app.core.tasks.broker import dead_queue
from app.core.tasks.message import Argument, Message
from app.tasks.runtime import Runtime
from app.tasks.task import Task

log = structlog.stdlib.get_logger()

TRANSIENT: Final = (UnavailableError,)
"""What passes: the task is tried again."""


class Job(celery.Task[..., None]):
    """Runs a task, tries it again when that may help, and gives it up when not."""

    Request = "app.tasks.requests:JobRequest"
    default_retry_delay = 1
    """Seconds until it is tried again when it took its process along."""

    def __init__(self, task: Task[...], runtime: Runtime) -> None:
        self.name = task.name
        self.task = task
        self.runtime = runtime
        self.settings: CelerySettings = runtime.settings.celery
        self.max_retries = self.settings.max_retries

    def run(self, *arguments: Argument) -> None:
        """Run it once."""
        message = self.message(arguments)
        try:
            self.runtime.run(self.task, message)
        except TRANSIENT as error:
            if self.request.retries >= self.settings.max_retries:
                self.bury(message, error)
                raise
            self.postpone(error)
        except Exception as error:
            self.bury(message, error)
            raise

    def message(self, arguments: tuple[Argument, ...]) -> Message:
        """Put together what was sent; beat sends no headers."""
        headers = self.request.headers or {}
        return Message(self.name, arguments, headers.get("context") or {}, headers.get("record_id"))

    def postpone(self, error: Exception) -> None:
        """Have it come again later."""
        pause = jittered(self.request.retries, self.settings.longest_pause)
        log.warning("task is tried again", task=self.name, reason=str(error), pause=round(pause, 1))
        with or_handed_back():
            raise self.retry(exc=error, countdown=pause)

    def bury(self, message: Message, error: Exception) -> None:
        """Put it where people find it."""
        headers = {**message.headers, "error": f"{type(error).__name__}: {error}"}
        with or_handed_back():
            self.apply_async(
                message.arguments,
                task_id=self.request.id,
                queue=dead_queue(self.settings),
                headers=cast("dict[str, str]", headers),
            )
        with suppress(UnavailableError):  # the sweep will publish it again
            self.runtime.give_up(message)


@contextmanager
def or_handed_back() -> Generator[None]:
    """Leave a message with the broker when what it becomes could not be sent."""
    try:
        yield
    except (OperationalError, Reject) as error:
        raise Reject(str(error), requeue=True) from error


def jittered(retries: int, longest: timedelta) -> float:
    """Wait twice as long each time, in seconds, a second at least, and not as long as others."""
    ceiling = min(2.0 ** (retries + 1), longest.total_seconds())
    return max(1.0, random.uniform(ceiling / 2, ceiling))  # noqa: S311 - no secret
