"""Redis, for what routes ask for."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.core.redis_commands import Client


async def get_redis(connection: HTTPConnection) -> Client:
    """Find the client in the running service's state."""
    return state_of(connection)["redis"]


RedisDep = Annotated[Client, Depends(get_redis)]
