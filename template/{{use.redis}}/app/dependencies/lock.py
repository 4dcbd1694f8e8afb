"""Locks, for services."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.core.lock import Locks


async def get_lock(connection: HTTPConnection) -> Locks:
    """Find them in the running service's state."""
    return state_of(connection)["lock"]


LockDep = Annotated[Locks, Depends(get_lock)]
