"""Where a request hands in tasks."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.core.tasks.direct_queue import DirectQueue
from app.core.tasks.message import TaskQueue


async def get_task_queue(connection: HTTPConnection) -> TaskQueue:
    """Give the way to the broker; where it is down, the request is answered with 503."""
    return DirectQueue(state_of(connection)["publisher"])


TaskQueueDep = Annotated[TaskQueue, Depends(get_task_queue)]
