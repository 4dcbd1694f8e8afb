"""app.core.live.publisher: what may be said."""

import pytest
from pydantic import BaseModel

from app.core.errors import UnavailableError
from app.core.lifespan import State
from app.core.live.event import PUBLIC, RESET
from app.core.live.publisher import Publisher
from app.core.live.window import Window
from app.core.redis import open_redis
from tests.support.listeners import Said
from tests.support.relay import Relay


class Long(BaseModel):
    """As long as wanted."""

    text: str


@pytest.fixture
def publisher(window: Window) -> Publisher:
    """Whoever says something."""
    return Publisher(window)


class TestPublish:
    @pytest.mark.parametrize("kind", ["", RESET, "a b", "a\nb", "A", "a" * 65])
    async def test_no_kind(self, publisher: Publisher, kind: str) -> None:
        with pytest.raises(ValueError, match="names no event"):
            await publisher.publish(PUBLIC, kind, Said(number=1))

    async def test_too_long(self, publisher: Publisher, window: Window) -> None:
        longest = window.live.max_size - len('{"text":""}')
        await publisher.publish(PUBLIC, "said", Long(text="a" * longest))

        with pytest.raises(ValueError, match="LIVE_MAX_SIZE"):
            await publisher.publish(PUBLIC, "said", Long(text="ä" * longest))

    async def test_redis_is_away(self, state: State, far_way: Relay) -> None:
        async with open_redis(far_way.settings) as client:
            settings = state["settings"]
            far = Publisher(Window(client, settings.redis, settings.live))
            far_way.silent()
            with pytest.raises(UnavailableError):
                await far.publish(PUBLIC, "said", Said(number=1))
