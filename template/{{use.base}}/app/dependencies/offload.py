"""Places beside the event loop, for routes and services."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.core.offload import Processes, Threads


async def get_threads(connection: HTTPConnection) -> Threads:
    """Find them in the running service's state."""
    return state_of(connection)["threads"]


async def get_processes(connection: HTTPConnection) -> Processes:
    """Find them in the running service's state."""
    return state_of(connection)["processes"]


ThreadsDep = Annotated[Threads, Depends(get_threads)]
ProcessesDep = Annotated[Processes, Depends(get_processes)]
