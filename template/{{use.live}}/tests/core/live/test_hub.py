"""app.core.live.hub: it goes on, whatever happens to Redis, and misses nothing."""

from unittest.mock import patch

import pytest

import app.core.live.hub
from app.core.lifespan import State
from app.core.live.event import RESET
from app.core.live.hub import Hub
from app.core.live.window import Window
from tests.support.listeners import listening, say, until
from tests.support.log import captured_log
from tests.support.relay import Relay


class TestOutage:
    @pytest.mark.parametrize("is_lost", [True, False])
    async def test_nothing_is_missed(
        self, far_hub: Hub, far_way: Relay, window: Window, *, is_lost: bool
    ) -> None:
        async with listening(far_hub, window) as ear:
            await ear.position()
            far_way.silent()
            if is_lost:
                far_way.hang_up()
            await say(window, 1, 2, 3)
            await until(lambda: not far_hub.hears)
            far_way.speaks.set()

            assert await ear.numbers(3) == [1, 2, 3]
            await until(lambda: far_hub.hears)

    async def test_from_the_beginning(self, far_hub: Hub, far_way: Relay, window: Window) -> None:
        """Who listens before anything is heard waits, and is then told."""
        heard = (await window.read(None)).end
        await say(window, 1)
        far_way.silent()
        async with listening(far_hub, window, heard) as ear:
            await until(lambda: not far_hub.hears)
            far_way.speaks.set()

            assert await ear.numbers(1) == [1]

    async def test_is_said_once(self, far_hub: Hub, far_way: Relay, window: Window) -> None:
        with captured_log(app.core.live.hub) as entries:
            async with listening(far_hub, window) as ear:
                await ear.position()
                far_way.silent()
                await until(lambda: far_hub.is_deaf)
                connects = far_way.calls
                await until(lambda: far_way.calls > connects + 1)
                far_way.speaks.set()
                await until(lambda: far_hub.hears)

        assert [each["event"] for each in entries] == ["live hears nothing", "live hears again"]

    async def test_all_is_lost(self, hub: Hub, window: Window, state: State) -> None:
        """Redis comes back with nothing: whoever listens is told that there may have been more."""
        async with listening(hub, window) as ear:
            await ear.position()
            await say(window, 1)
            await ear.event()
            await state["redis"].delete(window.key)
            await say(window, 2, 3)

            assert (await ear.event()).kind == RESET
            assert await ear.numbers(2) == [2, 3]


class TestReader:
    async def test_survives_what_nobody_expects(self, far_hub: Hub, window: Window) -> None:
        with captured_log(app.core.live.hub):
            async with listening(far_hub, window) as ear:
                await ear.position()
                with patch.object(far_hub, "take", side_effect=KeyError):
                    await until(lambda: far_hub.is_deaf)
                await say(window, 1)

                assert await ear.numbers(1) == [1]

    async def test_that_ended_is_begun_again(self, hub: Hub, window: Window) -> None:
        async with listening(hub, window) as ear:
            await ear.position()
        await hub.stop()

        async with listening(hub, window) as ear:
            await ear.position()
            await say(window, 1)
            assert await ear.numbers(1) == [1]

    async def test_that_is_stuck_is_noticed(self, hub: Hub, window: Window) -> None:
        assert hub.hears
        async with listening(hub, window) as ear:
            await ear.position()
            assert hub.hears

            hub.heard -= 60

            assert not hub.hears
