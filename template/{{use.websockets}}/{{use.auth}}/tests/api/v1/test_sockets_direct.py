"""/api/v1/live/ws: messages to one user."""

from app.core.live.event import own
from app.core.live.window import Window
from tests.support.listeners import say
from tests.support.peers import Door


class TestTell:
    async def test_is_heard_by_them_alone(self, door: Door, window: Window) -> None:
        async with door.open() as peer:
            name = (await peer.hear("welcome"))["name"]
            await peer.hear("heartbeat")
            peer.say(type="tell", to="somebody-else", text="Not you.", ref="1")
            await peer.hear("done")
            peer.say(type="tell", to=name, text="You.")

            told = await peer.hear("told")

        assert told["data"]["text"] == "You."
        assert told["data"]["by"] == name

    async def test_from_the_service(self, door: Door, window: Window) -> None:
        async with door.open() as peer:
            name = (await peer.hear("welcome"))["name"]
            await say(window, 7, topic=own(name))

            assert (await peer.hear("said"))["data"] == {"number": 7}
