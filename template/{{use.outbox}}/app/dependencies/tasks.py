"""Where a request hands in tasks."""

from typing import Annotated

from fastapi import BackgroundTasks, Depends
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.core.tasks.message import TaskQueue
from app.dependencies.database import SessionDep
from app.repositories.outbox import OutboxRepository
from app.services.outbox import Outbox


async def get_task_queue(
    connection: HTTPConnection, session: SessionDep, background: BackgroundTasks
) -> TaskQueue:
    """Store tasks in the request's transaction; publish them once the answer is sent."""
    outbox = Outbox(OutboxRepository(session), state_of(connection)["publisher"])
    background.add_task(outbox.relay)
    return outbox


TaskQueueDep = Annotated[TaskQueue, Depends(get_task_queue)]
