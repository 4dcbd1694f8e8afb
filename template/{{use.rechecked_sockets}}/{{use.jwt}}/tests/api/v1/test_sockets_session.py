"""/api/v1/live/ws: a session that ends closes its sockets."""

from fastapi import FastAPI
from httpx2 import AsyncClient

from app.core.lifespan import State
from tests.support.auth import AUTH
from tests.support.client import open_client
from tests.support.peers import Door
from tests.support.vigil import look


class TestSession:
    async def test_goes_on(self, door: Door, state: State) -> None:
        async with door.open() as peer:
            await look(state)
            peer.say(type="leave", room="tea")

            assert (await peer.hear("failed"))["code"] == "not_in_room"

    async def test_ends(self, door: Door, app: FastAPI, state: State, client: AsyncClient) -> None:
        """Those of others go on."""
        async with open_client(app, state) as other, Door(app, state, other).open() as stays:
            async with door.open() as peer:
                assert (await client.post(f"{AUTH}/logout")).status_code == 204
                await look(state)

                assert await peer.end() == (1008, "unauthenticated")
            stays.say(type="leave", room="tea")
            assert (await stays.hear("failed"))["code"] == "not_in_room"

    async def test_has_ended_before(self, door: Door, client: AsyncClient) -> None:
        await client.post(f"{AUTH}/logout")

        assert (await client.post("/api/v1/live/tickets")).status_code == 401
