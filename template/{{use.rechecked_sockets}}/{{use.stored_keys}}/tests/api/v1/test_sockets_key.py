"""/api/v1/live/ws: a key that is revoked closes its sockets."""

from fastapi import FastAPI
from httpx2 import AsyncClient

from app.core.lifespan import State
from app.dependencies.tickets import tickets_of
from tests.support.keys import KEYS, ask, make
from tests.support.peers import SOCKET, TICKETS, Door, connected
from tests.support.sockets import handshake
from tests.support.vigil import look


class TestKey:
    async def test_is_revoked(
        self, door: Door, app: FastAPI, state: State, client: AsyncClient
    ) -> None:
        made = await make(client)
        ticket = (await ask(client, made["key"], TICKETS, "POST")).json()["ticket"]
        async with connected(app, handshake(state, f"{SOCKET}?ticket={ticket}")) as peer:
            await peer.next()
            await peer.hear("heartbeat")
            await look(state)
            peer.say(type="leave", room="tea")
            await peer.hear("failed")
            await client.delete(f"{KEYS}/{made['id']}")
            await look(state)

            assert await peer.end() == (1008, "unauthenticated")

    async def test_is_not_kept(self, client: AsyncClient, state: State) -> None:
        """What a ticket is for does not hold the key's secret."""
        made = await make(client)
        ticket = (await ask(client, made["key"], TICKETS, "POST")).json()["ticket"]

        kept = (await tickets_of(state).take(ticket)).decode()

        assert made["prefix"] in kept
        assert made["key"].rpartition("_")[2] not in kept
