"""What a task is given."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog

from app.core.database.session import Session, transaction
from app.core.lifespan import State
from app.core.tasks.message import Message, TaskQueue
from app.repositories.outbox import OutboxRepository
from app.services.outbox import Outbox

log = structlog.stdlib.get_logger()


@dataclass(frozen=True, slots=True)
class Work:
    """The running worker's state, a transaction, and where to hand in further tasks."""

    state: State
    session: Session
    queue: TaskQueue


async def carry_out(state: State, message: Message, run: Callable[[Work], Awaitable[None]]) -> None:
    """Run a task in a transaction, which also notes that the task is done.

    However often its message comes, what it does in this transaction happens once. What it does
    elsewhere may happen again.
    """
    async with transaction(state["database"]) as session:
        messages = OutboxRepository(session)
        if message.record_id is not None and not await messages.finish(message.record_id):
            log.info("task was done before", record_id=message.record_id)
            return
        outbox = Outbox(messages, state["publisher"])
        await run(Work(state, session, outbox))
    await outbox.relay()


async def give_up(state: State, message: Message) -> None:
    """Have the sweep leave a task alone of which the message goes to the dead queue."""
    if message.record_id is not None:
        async with transaction(state["database"]) as session:
            await OutboxRepository(session).give_up(message.record_id)
