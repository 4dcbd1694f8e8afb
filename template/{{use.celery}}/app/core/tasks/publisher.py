"""The way to the broker: in a thread, so that the event loop never waits for it."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import partial
from time import monotonic
from typing import Final, TypeVar, cast

import structlog
from celery import Celery
from kombu import Connection
from kombu.exceptions import OperationalError
from kombu.transport.base import StdChannel

from app.config.settings import Settings
from app.core.errors import UnavailableError
from app.core.tasks.broker import dead_queue, task_queue
from app.core.tasks.celery import RETRY_POLICY, create_celery
from app.core.tasks.message import Message

log = structlog.stdlib.get_logger()

Result = TypeVar("Result")

REST: Final = 1.0
"""Seconds without an attempt after one that failed, so that nobody waits in line for the next."""


class Publisher:
    """One connection to the broker, in a thread of its own."""

    def __init__(self, settings: Settings) -> None:
        self.celery: Celery = create_celery(settings.celery)
        self.queues = [task_queue(settings.celery), dead_queue(settings.celery)]
        # each of two attempts connects, and sends
        self.limit = 4 * settings.celery.socket_timeout.total_seconds()
        self.thread = ThreadPoolExecutor(1, "publisher")
        self.resting_until = 0.0

    async def publish(self, *messages: Message) -> None:
        """Hand messages to the broker; raise UnavailableError, in bounded time, if it fails."""
        await self.attempt(partial(self.send, messages))

    async def ping(self) -> None:
        """Raise UnavailableError unless the broker answers."""
        await self.attempt(self.declare)

    async def attempt(self, action: Callable[[], Result]) -> Result:
        """Ask the broker for something in the thread, unless that failed just now."""
        if monotonic() < self.resting_until:
            raise UnavailableError("The broker of tasks does not answer.")
        try:
            async with asyncio.timeout(self.limit):
                return await asyncio.get_running_loop().run_in_executor(self.thread, action)
        except (OperationalError, UnavailableError, TimeoutError) as error:
            self.resting_until = monotonic() + REST
            log.warning("broker unavailable", reason=str(error) or "no answer in time")
            raise UnavailableError("The broker of tasks does not answer.") from error

    def send(self, messages: tuple[Message, ...]) -> None:
        """Publish, in the thread."""
        for message in messages:
            self.celery.send_task(message.task, message.arguments, headers=message.headers)

    def declare(self) -> None:
        """Make the queues if they are not there, which the broker has to answer, in the thread."""
        with cast("Connection", self.celery.pool.acquire(block=True)) as connection:
            declare = connection.autoretry(self.declare_on, **RETRY_POLICY)
            cast("Callable[[], None]", declare)()

    def declare_on(self, channel: StdChannel) -> None:
        """Make the queues."""
        for queue in self.queues:
            queue(channel).declare()

    async def close(self) -> None:
        """Let what was begun end, and close the connection."""
        self.thread.submit(self.celery.close)
        await asyncio.to_thread(self.thread.shutdown)


@asynccontextmanager
async def publisher_resource(settings: Settings) -> AsyncGenerator[Mapping[str, Publisher]]:
    """Connect in the background, as the first connection takes long, and close at the end."""
    publisher = Publisher(settings)
    warming = asyncio.create_task(warm(publisher))
    try:
        yield {"publisher": publisher}
    finally:
        await warming
        await publisher.close()


async def warm(publisher: Publisher) -> None:
    """Connect; whether the broker is there is not known before it is needed."""
    with suppress(UnavailableError):
        await publisher.ping()
