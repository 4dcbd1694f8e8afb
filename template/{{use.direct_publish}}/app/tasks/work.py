"""What a task is given."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from app.core.lifespan import State
from app.core.tasks.direct_queue import DirectQueue
from app.core.tasks.message import Message, TaskQueue


@dataclass(frozen=True, slots=True)
class Work:
    """The running worker's state, and where to hand in further tasks."""

    state: State
    queue: TaskQueue


async def carry_out(
    state: State,
    message: Message,  # noqa: ARG001 - it is not looked up
    run: Callable[[Work], Awaitable[None]],
) -> None:
    """Run a task. It may run again, so what it does must bear being done twice."""
    await run(Work(state, DirectQueue(state["publisher"])))


async def give_up(_state: State, _message: Message) -> None:
    """Note nothing: the message itself goes to the dead queue."""
