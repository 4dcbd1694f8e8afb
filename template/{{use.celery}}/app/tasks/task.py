"""How a task is declared."""

import inspect
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Concatenate, Generic, ParamSpec

import structlog

from app.core.tasks.message import Argument, Message
from app.tasks.work import Work

Parameters = ParamSpec("Parameters")
Run = Callable[Concatenate[Work, Parameters], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Task(Generic[Parameters]):
    """A function that a worker runs, by a name that never changes. It runs at least once."""

    name: str
    run: Run[Parameters]
    every: timedelta | None = None

    def call(self, *args: Parameters.args, **kwargs: Parameters.kwargs) -> Message:
        """Make the message that has a worker run it, for a ``TaskQueue``."""
        bound = inspect.signature(self.run).bind(None, *args, **kwargs)
        bound.apply_defaults()
        arguments = tuple(check_argument(each) for each in bound.args[1:])
        context = structlog.contextvars.get_contextvars()
        return Message(self.name, arguments, {name: str(context[name]) for name in context})


def check_argument(value: object) -> Argument:
    """Refuse an object: it could be out of date when the task runs."""
    if not isinstance(value, Argument):
        raise TypeError(f"a task takes ids, not a {type(value).__name__}")
    return value


def task(
    name: str, *, every: timedelta | None = None
) -> Callable[[Run[Parameters]], Task[Parameters]]:
    """Declare a task; with ``every`` it is also run periodically, without arguments."""

    def declare(run: Run[Parameters]) -> Task[Parameters]:
        return Task(name, run, every)

    return declare
