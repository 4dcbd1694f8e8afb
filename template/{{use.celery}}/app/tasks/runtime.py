"""What a worker process holds: one event loop, and the state of the service."""

import asyncio
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from time import perf_counter

import structlog
from anyio.from_thread import start_blocking_portal

from app.config.settings import Settings
from app.core.lifespan import State, open_state
from app.core.logging import configure_logging
from app.core.tasks.message import Message
from app.tasks.task import Task
from app.tasks.work import Work, carry_out, give_up

log = structlog.stdlib.get_logger()


class Runtime:
    """Opened in each worker process, after it was forked; runs coroutines in its own loop."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.stack = ExitStack()

    def open(self, **_: object) -> None:
        """Open what the service opens."""
        configure_logging(self.settings.log)
        options = {"use_uvloop": True}
        self.portal = self.stack.enter_context(start_blocking_portal("asyncio", options))
        opened = self.portal.wrap_async_context_manager(open_state(self.settings))
        self.state = self.stack.enter_context(opened)

    def close(self, **_: object) -> None:
        """Close it in order."""
        self.stack.close()

    def run(self, task: Task[...], message: Message) -> None:
        """Run a task to its end; it may raise anything."""
        self.portal.call(perform, self.state, task, message)

    def give_up(self, message: Message) -> None:
        """Note that a task will not be tried again."""
        self.portal.call(give_up, self.state, message)

    def give_up_alone(self, message: Message) -> None:
        """Note it in the main process, where nothing is opened."""
        asyncio.run(give_up_alone(self.settings, message))


async def perform(state: State, task: Task[...], message: Message) -> None:
    """Run a task in the log context of who asked for it, for as long as a task may take."""
    limit = state["settings"].celery.task_timeout.total_seconds()

    async def run(work: Work) -> None:
        await task.run(work, *message.arguments)

    context = {**message.context, "task": task.name}  # not that of a task that handed it in
    with structlog.contextvars.bound_contextvars(**context), measured():
        async with asyncio.timeout(limit):
            await carry_out(state, message, run)


@contextmanager
def measured() -> Generator[None]:
    """Write one line for a task that ended well."""
    began = perf_counter()
    yield
    log.info("task", duration_ms=round((perf_counter() - began) * 1000, 2))


async def give_up_alone(settings: Settings, message: Message) -> None:
    """Note it in a process that has nothing opened."""
    async with open_state(settings) as state:
        await give_up(state, message)
