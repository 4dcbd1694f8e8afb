"""A stream of events, for the route."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends, Header
from starlette.requests import HTTPConnection

from app.core.lifespan import state_of
from app.core.live.event import Event, Position
from app.core.live.news import News
from app.dependencies.hearer import HearerDep
from app.dependencies.live import window_of

Told = AsyncGenerator[Event | Position]


async def get_news(
    connection: HTTPConnection,
    hearer: HearerDep,
    last_event_id: Annotated[
        str | None, Header(description="The `id` that came last: what was said since is told.")
    ] = None,
) -> AsyncGenerator[Told]:
    """Take a seat for as long as the answer lasts, or refuse before it begins."""
    state = state_of(connection)
    hub, settings = state["live"], state["settings"]
    heard = None if last_event_id is None else Position.read(last_event_id)
    with hub.listening(hearer) as listener:
        news = News(listener, hub, window_of(state), heard)
        yield news.told(settings.events.lifetime, settings.live.heartbeat)


NewsDep = Annotated[Told, Depends(get_news)]
