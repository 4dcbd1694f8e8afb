"""/live/events."""

import random
from collections.abc import AsyncGenerator
from typing import Final

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent

from app.api.errors import problems
from app.core.live.errors import CrowdedError, TooManyStreamsError
from app.core.live.event import Event, Position
from app.dependencies.events import NewsDep
from app.dependencies.hearer import REFUSALS

router = APIRouter(prefix="/live", tags=["live"])

PAUSES: Final = range(1000, 3000)
"""Milliseconds after which a client comes back: not all of them at once."""


@router.get(
    "/events",
    response_class=EventSourceResponse,
    responses=problems(*REFUSALS, TooManyStreamsError, CrowdedError),
)
async def listen(news: NewsDep) -> AsyncGenerator[ServerSentEvent]:
    """Listen for a while (HTML, 9.2); a client that comes back with its last id misses nothing."""
    yield ServerSentEvent(comment="", retry=random.choice(PAUSES))  # noqa: S311
    async for each in news:
        yield written(each)


def written(news: Event | Position) -> ServerSentEvent:
    """Write an event; how far the client has heard is a comment that brings its id up to date."""
    if isinstance(news, Position):
        return ServerSentEvent(comment="", id=str(news))
    return ServerSentEvent(event=news.kind, raw_data=news.data, id=str(news.position))
