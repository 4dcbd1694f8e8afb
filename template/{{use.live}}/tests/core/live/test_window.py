"""app.core.live.window: what is there, and what is known to be there no more."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from app.core.lifespan import State
from app.core.live.event import PUBLIC, Position
from app.core.live.window import BATCH, Window
from tests.support.listeners import Said, say


def limited(usual: Window, **changes: object) -> Window:
    """Let less be kept."""
    return replace(usual, live=usual.live.model_copy(update=changes))


def written(number: int) -> str:
    """Write what is said as it is kept."""
    return Said(number=number).model_dump_json()


class TestPosition:
    @pytest.mark.parametrize("text", ["", "1-2", "x" * 10_000, "0" * 16 + "-1-", "٣" * 16 + "-1-1"])
    def test_made_up(self, text: str) -> None:
        assert Position.read(text).epoch == ""

    def test_as_it_was_given(self) -> None:
        position = Position("0123456789abcdef", (5, 7))

        assert Position.read(str(position)) == position


class TestRead:
    async def test_in_order(self, window: Window) -> None:
        begin = (await window.read(None)).end
        await say(window, 1, 2, 3)

        page = await window.read(begin)

        assert [event.data for event in page.events] == [written(n) for n in (1, 2, 3)]
        assert {(event.topic, event.kind) for event in page.events} == {(PUBLIC, "said")}
        assert page.end == page.events[-1].position
        assert page.goes_on_from(begin)
        assert not page.is_full

    async def test_from_nowhere(self, window: Window) -> None:
        await say(window, 1)

        page = await window.read(None)

        assert page.events == []
        assert (await window.read(page.end)).goes_on_from(page.end)

    async def test_not_all_at_once(self, window: Window) -> None:
        begin = (await window.read(None)).end
        await say(window, *range(BATCH + 1))

        page = await window.read(begin)

        assert page.is_full
        assert len((await window.read(page.events[-1].position)).events) == 1


class TestLimits:
    async def test_number(self, window: Window) -> None:
        small = limited(window, window_size=2)
        begin = (await window.read(None)).end
        await say(small, 1, 2)
        first = (await window.read(begin)).events[0].position
        assert (await window.read(begin)).goes_on_from(begin)

        await say(small, 3)

        assert not (await window.read(begin)).goes_on_from(begin)
        page = await window.read(first)
        assert page.goes_on_from(first)
        assert len(page.events) == 2

    async def test_age(self, window: Window) -> None:
        short = limited(window, window=timedelta(milliseconds=1))
        begin = (await window.read(None)).end
        await say(short, 1)
        await asyncio.sleep(0.01)
        await say(short, 2)

        page = await window.read(begin)

        assert not page.goes_on_from(begin)
        assert len(page.events) == 1

    async def test_lifetime(self, window: Window, state: State) -> None:
        await window.read(None)
        empty = await state["redis"].pttl(window.key)
        await say(window, 1)

        assert empty > window.milliseconds
        assert await state["redis"].pttl(window.key) > window.milliseconds


class TestEmptied:
    @pytest.mark.parametrize("numbers", [(), (2, 3)])
    async def test_is_noticed(self, window: Window, state: State, numbers: tuple[int, ...]) -> None:
        await say(window, 1)
        known = (await window.read(None)).end
        await state["redis"].delete(window.key)
        await say(window, *numbers)

        page = await window.read(known)

        assert not page.goes_on_from(known)

    async def test_what_was_never_said(self, window: Window) -> None:
        end = (await window.read(None)).end
        later = Position(end.epoch, (end.place[0], end.place[1] + 1))

        assert not (await window.read(later)).goes_on_from(later)
