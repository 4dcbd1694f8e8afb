"""app.core.live.presence: who is in a room, in all processes."""

import asyncio
from datetime import timedelta
from typing import Final

import pytest

import app.core.live.presence
from app.core.errors import UnavailableError
from app.core.lifespan import State
from app.core.live.event import Position
from app.core.live.presence import Attendance
from app.core.live.rooms import Presence, topic_of
from app.core.live.window import Window
from app.core.redis import ONE_ATTEMPT, connect
from tests.support.relay import Relay

ROOM: Final = "tea"
ANN: Final = 16 * "1" + "ann"
ANN_AGAIN: Final = 16 * "2" + "ann"
BEN: Final = 16 * "3" + "ben"
MINUTE: Final = timedelta(minutes=1)
MOMENT: Final = timedelta(milliseconds=1)


@pytest.fixture
def attendance(window: Window) -> Attendance:
    """A process' own."""
    return Attendance(window, MINUTE)


@pytest.fixture
def other(window: Window) -> Attendance:
    """That of another process."""
    return Attendance(window, MINUTE)


async def told(window: Window) -> list[tuple[str, str]]:
    """Read what the room was told so far."""
    end = (await window.read(None)).end
    events = (await window.read(Position(end.epoch, (0, 0)))).events
    assert {each.topic for each in events} <= {topic_of(ROOM)}
    return [(each.kind, Presence.model_validate_json(each.data).by) for each in events]


class TestEnter:
    async def test_in_all_processes(
        self, attendance: Attendance, other: Attendance, window: Window
    ) -> None:
        assert await attendance.enter(ROOM, ANN) == ["ann"]
        assert await other.enter(ROOM, BEN) == ["ann", "ben"]
        assert await told(window) == [("joined", "ann"), ("joined", "ben")]

    async def test_with_two_sockets(
        self, attendance: Attendance, other: Attendance, window: Window
    ) -> None:
        await attendance.enter(ROOM, ANN)

        assert await other.enter(ROOM, ANN_AGAIN) == ["ann"]
        assert await told(window) == [("joined", "ann")]

    async def test_a_large_room(
        self, attendance: Attendance, window: Window, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(app.core.live.presence, "ANNOUNCED", 1)
        await attendance.enter(ROOM, ANN)

        assert await attendance.enter(ROOM, BEN) == ["ann", "ben"]
        assert await told(window) == [("joined", "ann")]

    async def test_without_redis(self, far_way: Relay, state: State) -> None:
        hasty = far_way.settings.model_copy(update={"timeout": timedelta(seconds=0.2)})
        client = connect(hasty, ONE_ATTEMPT, 1)
        far = Attendance(Window(client, hasty, state["settings"].live), MINUTE)
        far_way.silent()

        with pytest.raises(UnavailableError):
            await far.enter(ROOM, ANN)
        await far.linger([ROOM], ANN)

        assert not far.here
        await client.aclose()


class TestLeave:
    async def test_the_last_socket(
        self, attendance: Attendance, other: Attendance, window: Window
    ) -> None:
        await attendance.enter(ROOM, ANN)
        await other.enter(ROOM, ANN_AGAIN)
        await attendance.leave(ROOM, ANN)
        assert ("left", "ann") not in await told(window)

        await other.leave(ROOM, ANN_AGAIN)

        assert (await told(window))[-1] == ("left", "ann")
        assert not attendance.here
        assert await attendance.enter(ROOM, BEN) == ["ben"]


class TestGone:
    async def test_whose_process_was_killed(
        self, attendance: Attendance, other: Attendance, window: Window
    ) -> None:
        """Another one that has the room notices, and tells it."""
        attendance.ttl = timedelta(seconds=0.2)
        await attendance.enter(ROOM, ANN)
        await other.enter(ROOM, BEN)
        await asyncio.sleep(0.3)

        assert await other.renew(ROOM, [BEN]) == {"ben"}
        assert (await told(window))[-1] == ("left", "ann")

    async def test_who_was_cut_off(
        self,
        attendance: Attendance,
        other: Attendance,
        window: Window,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        await other.enter(ROOM, BEN)
        await attendance.enter(ROOM, ANN)
        monkeypatch.setattr(app.core.live.presence, "GRACE", MOMENT)
        await attendance.linger([ROOM], ANN)
        await asyncio.sleep(0.05)

        assert await other.renew(ROOM, [BEN]) == {"ben"}
        assert (await told(window))[-1] == ("left", "ann")
        assert not attendance.here

    async def test_who_comes_back(
        self, attendance: Attendance, other: Attendance, window: Window
    ) -> None:
        """Nobody is told that they were away for a moment."""
        await attendance.enter(ROOM, ANN)
        await attendance.linger([ROOM], ANN)

        await other.enter(ROOM, ANN_AGAIN)

        assert await told(window) == [("joined", "ann")]


class TestKeep:
    async def test_who_is_there_stays(self, attendance: Attendance, other: Attendance) -> None:
        attendance.ttl = timedelta(seconds=1.5)
        await attendance.enter(ROOM, ANN)
        keeping = asyncio.create_task(attendance.keep())
        await asyncio.sleep(2.5)

        assert await other.enter(ROOM, BEN) == ["ann", "ben"]
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
