"""/api/v1/live/tickets, and who is let in with one."""

import asyncio
from datetime import timedelta

import pytest
from fastapi import FastAPI
from httpx2 import AsyncClient

from app.core.http import socket_layer
from app.core.lifespan import State
from app.core.live.hub import Hub
from app.core.live.socket_errors import InvalidTicketError
from app.dependencies.tickets import tickets_of
from tests.support.log import captured_log
from tests.support.peers import TICKETS, Door, limit

HOST = [(b"host", b"test")]


class TestGive:
    async def test_once(self, client: AsyncClient, state: State) -> None:
        response = await client.post(TICKETS)

        assert response.status_code == 201
        assert response.json()["expires_in"] == 30
        assert await tickets_of(state).take(response.json()["ticket"])

    async def test_is_not_stored(self, client: AsyncClient, state: State) -> None:
        """Whoever reads what Redis has cannot open a socket."""
        ticket = (await client.post(TICKETS)).json()["ticket"]

        keys = [key async for key in state["redis"].scan_iter("*:ticket:*", count=1000)]
        stored = [await state["redis"].get(key.decode()) for key in keys]
        assert keys
        assert ticket not in f"{keys} {stored}"
        assert min([await state["redis"].pttl(key) for key in keys]) > 0

    def test_documented(self, app: FastAPI) -> None:
        """All messages, in and out."""
        operation = app.openapi()["paths"][TICKETS]["post"]

        assert {*operation["callbacks"]} == {"received", "sent"}
        assert {"Say", "Said", "Join", "Joined"} <= {*app.openapi()["components"]["schemas"]}


class TestTake:
    @pytest.mark.parametrize("ticket", ["", "made-up"])
    async def test_no_ticket(self, door: Door, ticket: str) -> None:
        problem = await door.refusal(f"ticket={ticket}", HOST)

        assert (problem["status"], problem["code"]) == (403, "invalid_ticket")

    async def test_used(self, door: Door) -> None:
        ticket = await door.ticket()
        await tickets_of(door.state).take(ticket)

        assert (await door.refusal(f"ticket={ticket}", HOST))["code"] == "invalid_ticket"

    async def test_by_one_alone(self, door: Door) -> None:
        ticket, tickets = await door.ticket(), tickets_of(door.state)

        tries = (tickets.take(ticket) for _ in range(5))
        found = await asyncio.gather(*tries, return_exceptions=True)

        assert len([each for each in found if isinstance(each, bytes)]) == 1
        assert len([each for each in found if isinstance(each, InvalidTicketError)]) == 4

    async def test_late(self, door: Door) -> None:
        limit(door.state, ticket_ttl=timedelta(milliseconds=1))
        ticket = await door.ticket()
        await asyncio.sleep(0.05)

        assert (await door.refusal(f"ticket={ticket}", HOST))["code"] == "invalid_ticket"

    async def test_is_not_logged(self, door: Door) -> None:
        with captured_log(socket_layer) as log:
            async with door.open():
                ticket = await door.ticket()
            await door.refusal(f"ticket={ticket}x", HOST)

        assert [record["path"] for record in log] == ["/api/v1/live/ws"] * 2
        assert "ticket" not in str(log)

    async def test_too_many_sockets(self, door: Door, hub: Hub) -> None:
        hub.audience.limits = hub.audience.limits.model_copy(update={"streams": 0})

        problem = await door.refusal(f"ticket={await door.ticket()}", HOST)

        assert (problem["status"], problem["code"]) == (503, "crowded")


class TestOrigin:
    @pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://test.evil.example"])
    async def test_foreign(self, door: Door, origin: str) -> None:
        ticket = await door.ticket()

        problem = await door.refusal(f"ticket={ticket}", [*HOST, (b"origin", origin.encode())])

        assert (problem["status"], problem["code"]) == (403, "foreign_origin")
        assert await tickets_of(door.state).take(ticket)

    @pytest.mark.parametrize("origin", ["http://test", "https://app.example.com"])
    async def test_own(self, door: Door, origin: str) -> None:
        limit(door.state, "http", cors_origins=("https://app.example.com",))

        problem = await door.refusal("ticket=made-up", [*HOST, (b"origin", origin.encode())])

        assert problem["code"] == "invalid_ticket"
