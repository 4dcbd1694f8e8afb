"""Listening, and telling who listens."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from app.core.lifespan import State, state_of
from app.core.live.publisher import Publisher
from app.core.live.window import Window


def window_of(state: State) -> Window:
    """Find what was said of late, by the client that requests share."""
    settings = state["settings"]
    return Window(state["redis"], settings.redis, settings.live)


async def get_publisher(connection: HTTPConnection) -> Publisher:
    """Tell whoever listens, in all processes."""
    return Publisher(window_of(state_of(connection)))


PublisherDep = Annotated[Publisher, Depends(get_publisher)]
