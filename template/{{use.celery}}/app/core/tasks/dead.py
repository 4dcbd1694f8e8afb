"""The queue of tasks that will not be tried again, until someone says so."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from celery import Celery
from kombu import Connection, Producer, Queue
from kombu.exceptions import OperationalError
from kombu.message import Message as BrokerMessage

from app.config.celery import CelerySettings
from app.core.errors import UnavailableError
from app.core.tasks.broker import dead_queue, task_queue
from app.core.tasks.celery import RETRY_POLICY


@dataclass(frozen=True, slots=True)
class DeadTask:
    """What is known of it. A message that is none of ours has only its error."""

    task_id: str
    name: str
    arguments: str
    error: str


class DeadTasks:
    """Reads and fills the queue; every method waits for the broker."""

    def __init__(self, celery: Celery, settings: CelerySettings) -> None:
        self.celery = celery
        self.tasks = task_queue(settings)
        self.dead = dead_queue(settings)

    def count(self) -> int:
        """Say how many there are."""
        with self.connected() as connection:
            return size(self.dead(connection.default_channel))

    def add(self, message: BrokerMessage, reason: str) -> None:
        """Keep a message as it came."""
        with self.connected() as connection:
            headers: dict[str, object] = {**message.headers, "error": reason}
            self.publish(connection, message, self.dead.name, headers)

    def read(self) -> list[DeadTask]:
        """Read them all."""
        return self.sort(lambda _: False)

    def replay(self, wanted: Callable[[DeadTask], bool]) -> list[DeadTask]:
        """Hand those that are wanted to the workers again, and return them."""
        return [each for each in self.sort(wanted) if wanted(each)]

    def sort(self, wanted: Callable[[DeadTask], bool]) -> list[DeadTask]:
        """Send each to the workers or to the end of the queue, then take it from the front.

        So none is lost, whatever happens on the way.
        """
        found: list[DeadTask] = []
        with self.connected() as connection:
            queue = self.dead(connection.default_channel)
            for _ in range(size(queue)):
                message = queue.get()
                if message is None:  # someone else took it
                    break
                found.append(described(message))
                self.send_on(connection, message, wanted(found[-1]))
                message.ack()
        return found

    def send_on(self, connection: Connection, message: BrokerMessage, again: bool) -> None:
        """Publish a message once more, as new to the workers, or as it is to the queue."""
        headers: dict[str, object] = {**message.headers}
        if again:
            headers |= {"retries": 0, "error": None}
        self.publish(connection, message, (self.tasks if again else self.dead).name, headers)

    def publish(
        self,
        connection: Connection,
        message: BrokerMessage,
        queue: str,
        headers: dict[str, object],
    ) -> None:
        """Publish the same body."""
        Producer(connection.default_channel).publish(
            message.body,
            exchange="",  # the one that reaches each queue by its name
            routing_key=queue,
            declare=[self.tasks, self.dead],
            content_type=message.content_type,
            content_encoding=message.content_encoding,
            headers=headers,
            correlation_id=message.properties.get("correlation_id"),
        )

    @contextmanager
    def connected(self) -> Generator[Connection]:
        """Connect to the broker, or raise UnavailableError."""
        with self.celery.connection_for_write() as connection:
            try:
                connection.ensure_connection(**RETRY_POLICY)
                yield connection
            except (OperationalError, *connection.connection_errors) as error:
                raise UnavailableError("The broker of tasks does not answer.") from error


def size(queue: Queue) -> int:
    """Count what is in a queue, which is made if it is not there."""
    _, messages, _ = cast("tuple[str, int, int]", queue.queue_declare())
    return messages


def described(message: BrokerMessage) -> DeadTask:
    """Read what the headers tell; the body may be anything."""
    headers: Mapping[str, object] = message.headers
    return DeadTask(
        task_id=str(headers.get("id", "")),
        name=str(headers.get("task", "")),
        arguments=str(headers.get("argsrepr", "")),
        error=str(headers.get("error", "refused too often")),
    )
