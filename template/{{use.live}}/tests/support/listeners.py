"""Listeners for tests."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

import pytest
from pydantic import BaseModel

import app.core.live.hub
from app.core.lifespan import State
from app.core.live.event import PUBLIC, Event, Position, own
from app.core.live.hub import Hub, open_hub
from app.core.live.listener import Hearer, Listener
from app.core.live.news import News
from app.core.live.publisher import Publisher
from app.core.live.window import Window
from app.dependencies.live import window_of
from tests.support.relay import Relay, relayed

PATIENCE: Final = 20
LONG: Final = timedelta(minutes=1)
MOMENT: Final = timedelta(seconds=0.1)
HEARER: Final = Hearer("somebody", frozenset({PUBLIC, own("somebody")}))


class Said(BaseModel):
    """What is said in tests."""

    number: int


@dataclass
class Ear:
    """A client, and what it is told."""

    listener: Listener
    told: AsyncGenerator[Event | Position]

    async def next(self) -> Event | Position:
        """Wait for an event or a heartbeat."""
        async with asyncio.timeout(PATIENCE):
            return await anext(self.told)

    async def event(self) -> Event:
        """Wait for an event."""
        while not isinstance(found := await self.next(), Event):
            pass
        return found

    async def position(self) -> Position:
        """Wait for a heartbeat."""
        while not isinstance(found := await self.next(), Position):
            pass
        return found

    async def numbers(self, count: int) -> list[int]:
        """Wait for so many events, each of which has a number."""
        return [Said.model_validate_json((await self.event()).data).number for _ in range(count)]


@asynccontextmanager
async def listening(
    hub: Hub, window: Window, heard: Position | None = None, lifetime: timedelta = LONG
) -> AsyncGenerator[Ear]:
    """Listen, from what a client has heard."""
    with hub.listening(HEARER) as listener:
        news = News(listener, hub, window, heard)
        async with aclosing(news.told(lifetime, MOMENT)) as told:
            yield Ear(listener, told)


async def say(window: Window, *numbers: int, topic: str = PUBLIC) -> None:
    """Say numbers, one after the other."""
    for number in numbers:
        await Publisher(window).publish(topic, "said", Said(number=number))


async def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(PATIENCE):
        while not holds():  # noqa: ASYNC110 - it has no event
            await asyncio.sleep(0.01)


@pytest.fixture
def window(state: State) -> Window:
    """What was said of late, by a way that nothing happens to."""
    return window_of(state)


@pytest.fixture
async def hub(state: State) -> AsyncGenerator[Hub]:
    """The hub of a process that has just started."""
    async with open_hub(state["settings"]) as hub:
        yield hub


@pytest.fixture
async def far_way(state: State) -> AsyncGenerator[Relay]:
    """A way to Redis that the test may cut."""
    async with relayed(state["settings"].redis) as relay:
        yield relay


@pytest.fixture
async def far_hub(
    state: State, far_way: Relay, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Hub]:
    """A hub that hears by that way, and soon notices when it does not."""
    monkeypatch.setattr(app.core.live.hub, "BLOCK", MOMENT)
    monkeypatch.setattr(app.core.live.hub, "PAUSE", MOMENT.total_seconds())
    hasty = far_way.settings.model_copy(update={"timeout": 2 * MOMENT})
    async with open_hub(replace(state["settings"], redis=hasty)) as hub:
        yield hub
