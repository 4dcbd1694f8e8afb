"""app.core.live.news: everything once, in order, and only to whom it is said."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import cast

import pytest

from app.core.live.event import RESET, Event, Position, own
from app.core.live.hub import Hub
from app.core.live.window import BATCH, Page, Window
from tests.support.listeners import HEARER, MOMENT, PATIENCE, listening, say, until


class TestTold:
    async def test_in_order(self, hub: Hub, window: Window) -> None:
        async with listening(hub, window) as ear:
            await ear.position()
            await say(window, *range(50))

            assert await ear.numbers(50) == [*range(50)]

    async def test_only_what_is_for_it(self, hub: Hub, window: Window) -> None:
        async with listening(hub, window) as ear:
            await ear.position()
            await say(window, 1, topic=own("somebody else"))
            await say(window, 2, topic=own(HEARER.identity))

            assert await ear.numbers(1) == [2]

    async def test_nothing_that_was_said_before(self, hub: Hub, window: Window) -> None:
        await say(window, 1)
        async with listening(hub, window) as ear:
            await ear.position()
            await say(window, 2)

            assert await ear.numbers(1) == [2]

    async def test_in_each_process(self, hub: Hub, far_hub: Hub, window: Window) -> None:
        async with listening(hub, window) as one, listening(far_hub, window) as other:
            await one.position()
            await other.position()
            await say(window, *range(20))

            assert await one.numbers(20) == await other.numbers(20) == [*range(20)]

    async def test_ends(self, hub: Hub, window: Window) -> None:
        async with listening(hub, window, lifetime=MOMENT) as ear:
            told = [each async for each in ear.told]

        assert told
        assert all(isinstance(each, Position) for each in told)

    async def test_an_end_that_is_swallowed(self, hub: Hub, window: Window) -> None:
        """As redis-py does when a cancellation meets an answer."""
        stubborn = Stubborn(window)
        async with listening(hub, cast("Window", stubborn)) as ear:
            listens = asyncio.create_task(drain(ear.told))
            await stubborn.begun.wait()
            listens.cancel()

            async with asyncio.timeout(PATIENCE):
                with pytest.raises(asyncio.CancelledError):
                    await listens


@dataclass
class Stubborn:
    """A window that is read to its end by whoever is cancelled."""

    window: Window
    begun: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self, after: Position | None) -> Page:
        """Read, once somebody has lost patience."""
        self.begun.set()
        with suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        return await self.window.read(after)


async def drain(told: AsyncGenerator[Event | Position]) -> None:
    """Listen to the end."""
    async for _ in told:
        pass


class TestComesBack:
    async def test_misses_nothing(self, hub: Hub, window: Window) -> None:
        async with listening(hub, window) as ear:
            heard = await ear.position()
        await say(window, *range(2 * BATCH + 1))
        await say(window, -1, topic=own("somebody else"))

        async with listening(hub, window, heard) as ear:
            assert await ear.numbers(2 * BATCH + 1) == [*range(2 * BATCH + 1)]

    async def test_to_another_process(self, hub: Hub, far_hub: Hub, window: Window) -> None:
        async with listening(hub, window) as ear:
            await ear.position()
            await say(window, 1, 2, 3)
            heard = (await ear.event()).position

        async with listening(far_hub, window, heard) as ear:
            assert await ear.numbers(2) == [2, 3]

    async def test_hears_nothing_twice(self, hub: Hub, window: Window) -> None:
        """What was said between is in the window, and waits for it as well."""
        heard = (await window.read(None)).end
        async with listening(hub, window, heard) as ear:
            await hub.begun.wait()
            await say(window, *range(10))
            await until(lambda: not ear.listener.is_idle)

            assert await ear.numbers(10) == [*range(10)]
            await say(window, 10)
            assert await ear.numbers(1) == [10]

    async def test_with_what_others_were_told(self, hub: Hub, window: Window) -> None:
        """A heartbeat keeps it up to date, so that what others are told does not put it behind."""
        small = replace(window, live=window.live.model_copy(update={"window_size": 1}))
        async with listening(hub, window) as ear:
            await ear.position()
            await say(small, 1, 2, 3, topic=own("somebody else"))
            end = (await window.read(None)).end
            while (heard := await ear.position()) != end:
                pass
        await say(small, 4)

        async with listening(hub, window, heard) as ear:
            assert await ear.numbers(1) == [4]


class TestReset:
    @pytest.mark.parametrize("text", ["", "made up", "0123456789abcdef-1-1", "9" * 5000])
    async def test_made_up(self, hub: Hub, window: Window, text: str) -> None:
        await say(window, 1)
        async with listening(hub, window, Position.read(text)) as ear:
            event = await ear.event()
            await say(window, 2)

            assert event.kind == RESET
            assert await ear.numbers(1) == [2]

    async def test_too_late(self, hub: Hub, window: Window) -> None:
        small = replace(window, live=window.live.model_copy(update={"window_size": 2}))
        heard = (await window.read(None)).end
        await say(small, 1, 2, 3)

        async with listening(hub, window, heard) as ear:
            event = await ear.event()

            assert event.kind == RESET
            assert event.position == (await window.read(None)).end


class TestSlow:
    async def test_is_cut_off_and_misses_nothing(self, hub: Hub, window: Window) -> None:
        hub.audience.limits = window.live.model_copy(update={"queue_size": 3})
        async with listening(hub, window) as ear:
            heard = await ear.position()
            await say(window, *range(10))
            await until(lambda: ear.listener.is_cut)
            told = [each async for each in ear.told]

        assert not any(isinstance(each, Event) for each in told)
        hub.audience.limits = window.live
        async with listening(hub, window, heard) as ear:
            assert await ear.numbers(10) == [*range(10)]
