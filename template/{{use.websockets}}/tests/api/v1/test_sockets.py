"""/api/v1/live/ws: what is said in rooms, and how sockets end."""

from datetime import timedelta

import pytest

from app.core.lifespan import State
from app.core.live.event import PUBLIC
from app.core.live.hub import Hub
from app.core.live.window import Window
from tests.support.listeners import MOMENT, say, until
from tests.support.peers import Door, Peer, limit


async def heard(peer: Peer, count: int) -> list[str]:
    """Wait for so many remarks."""
    return [(await peer.hear("said"))["data"]["text"] for _ in range(count)]


class TestRooms:
    async def test_is_heard_by_all_in_it(self, door: Door) -> None:
        async with door.open("&room=tea") as one, door.open() as other:
            await one.hear("members")
            other.say(type="join", room="tea", ref="1")
            members = await other.hear("members")
            assert await other.hear("done") == {"type": "done", "ref": "1"}
            one.say(type="say", room="tea", text="Hello.")

            told = [await each.hear("said") for each in (one, other)]

        assert members["room"] == "tea"
        assert members["total"] == len(members["members"])
        assert told[0] == told[1]
        assert told[0]["data"]["room"] == "tea"
        assert told[0]["data"]["text"] == "Hello."
        assert told[0]["data"]["by"] in members["members"]

    async def test_is_heard_by_nobody_else(self, door: Door) -> None:
        async with door.open("&room=tea") as one, door.open("&room=milk&room=tea") as other:
            await other.hear("members")
            other.say(type="leave", room="milk", ref="left")
            while (await other.hear("done"))["ref"] != "left":
                pass
            one.say(type="join", room="milk")
            one.say(type="say", room="milk", text="1")
            one.say(type="say", room="tea", text="2")

            assert await heard(other, 1) == ["2"]
            assert await heard(one, 2) == ["1", "2"]

    async def test_typing(self, door: Door) -> None:
        async with door.open("&room=tea") as one, door.open("&room=tea") as other:
            await one.hear("members")
            await other.hear("members")
            for _ in range(3):
                one.say(type="typing", room="tea")
            one.say(type="say", room="tea", text="Hello.")

            shown = await other.hear("typing")
            assert shown["data"]["room"] == "tea"
            assert (await other.hear("said"))["data"]["by"] == shown["data"]["by"]

    @pytest.mark.parametrize("kind", ["leave", "typing", "say"])
    async def test_that_was_not_joined(self, door: Door, kind: str) -> None:
        text = {"text": "Hello."} if kind == "say" else {}
        async with door.open() as peer:
            peer.say(type=kind, room="tea", ref="1", **text)

            failed = await peer.hear("failed")

        assert (failed["code"], failed["ref"]) == ("not_in_room", "1")

    async def test_of_somebody_else(self, door: Door) -> None:
        async with door.open() as peer:
            own = "of-" + (await peer.hear("welcome"))["name"]
            peer.say(type="join", room="of-somebody-else")
            assert (await peer.hear("failed"))["code"] == "closed_room"
            peer.say(type="join", room=own)
            assert (await peer.hear("members"))["room"] == own

    async def test_too_many(self, door: Door, state: State) -> None:
        limit(state, rooms=1)
        async with door.open("&room=tea&room=milk") as peer:
            failed = await peer.hear("failed")

        assert (failed["code"], failed["ref"]) == ("too_many_rooms", "milk")


class TestComesBack:
    async def test_misses_nothing(self, door: Door, window: Window) -> None:
        async with door.open("&room=tea") as peer:
            last = (await peer.hear("heartbeat"))["id"]
        async with door.open("&room=tea") as other:
            await other.hear("members")
            for text in "123":
                other.say(type="say", room="tea", text=text)
            await heard(other, 3)
        await say(window, 4, topic=PUBLIC)

        async with door.open(f"&room=tea&last_id={last}") as peer:
            assert await heard(peer, 3) == ["1", "2", "3"]
            assert (await peer.hear("said"))["data"] == {"number": 4}

    async def test_too_late(self, door: Door) -> None:
        async with door.open("&last_id=made-up") as peer:
            assert (await peer.hear("reset"))["data"] == {}


class TestMessages:
    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("garbage", "validation_failed"),
            ("[" * 4000, "validation_failed"),
            ('{"type":"shout"}', "validation_failed"),
            ('{"type":"join","room":"A B"}', "validation_failed"),
            ('{"type":"join","room":"tea","more":1}', "validation_failed"),
            ('{"type":"say","room":"tea","text":"' + 5000 * "x" + '"}', "content_too_large"),
        ],
    )
    async def test_wrong(self, door: Door, text: str, code: str) -> None:
        async with door.open("&room=tea") as peer:
            peer.utter(text)
            assert (await peer.hear("failed"))["code"] == code
            peer.says.put_nowait({"type": "websocket.receive", "bytes": b"x"})
            assert (await peer.hear("failed"))["detail"] == "Messages are text."

            peer.say(type="say", room="tea", text="Still here.")
            assert await heard(peer, 1) == ["Still here."]

    async def test_more_than_is_passed_on(self, door: Door) -> None:
        limit(door.state, "live", max_size=64)
        async with door.open("&room=tea") as peer:
            peer.say(type="say", room="tea", text="x" * 64)

            assert (await peer.hear("failed"))["code"] == "content_too_large"


class TestEnds:
    async def test_by_a_flood(self, door: Door, state: State) -> None:
        limit(state, burst=3, rate=0.01)
        async with door.open() as peer:
            for _ in range(4):
                peer.say(type="leave", room="tea")

            assert await peer.end() == (1013, "too_many_messages")

    async def test_by_being_slow(self, door: Door, hub: Hub, window: Window) -> None:
        hub.audience.limits = window.live.model_copy(update={"queue_size": 3})
        async with door.open() as peer:
            await peer.hear("heartbeat")
            peer.takes.clear()
            (listener,) = hub.audience.listeners[PUBLIC]
            await say(window, *range(10))
            await until(lambda: listener.is_cut)
            peer.takes.set()

            assert await peer.end() == (1013, "too_slow")

    async def test_after_its_time(self, door: Door, state: State) -> None:
        limit(state, lifetime=MOMENT)
        async with door.open() as peer:
            pause = (await peer.hear("welcome"))["come_back_ms"]

            assert await peer.end() == (1012, "expired")
        assert 1000 <= pause < 5000

    async def test_leaves_nothing(self, door: Door, state: State, hub: Hub) -> None:
        async with door.open("&room=tea") as peer:
            await peer.hear("heartbeat")
            assert hub.audience.seats.total() == 1
            assert state["attendance"].here["tea"]

        assert not hub.audience.seats
        assert not hub.audience.listeners
        assert "tea" not in state["attendance"].here

    async def test_shows_that_it_is_alive(self, door: Door, state: State) -> None:
        limit(state, "live", heartbeat=timedelta(seconds=0.1))
        async with door.open() as peer:
            assert len([await peer.hear("heartbeat") for _ in range(3)]) == 3
