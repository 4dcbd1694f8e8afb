"""/api/v1/api-keys: whose keys somebody sees, makes and ends."""

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from tests.support.keys import KEYS, ask, make, store

WRITER = "keys:write"


class TestOtherwiseOwned:
    """OWASP API1:2023."""

    async def test_hidden(self, client: AsyncClient, state: State) -> None:
        others = await make(client, subject="a")
        key, key_id = await store(state, "b")

        response = await ask(client, key.reveal(), f"{KEYS}/{others['id']}")
        listed = (await ask(client, key.reveal(), KEYS)).json()

        assert response.status_code == 404
        assert response.json()["code"] == "api_key_not_found"
        assert [each["id"] for each in listed["items"]] == [key_id]
        assert listed["total"] == 1

    async def test_seen_and_ended_with_the_permission(
        self, client: AsyncClient, state: State
    ) -> None:
        others = await make(client, subject="a")
        key, _ = await store(state, "b", scopes=WRITER)
        path = f"{KEYS}/{others['id']}"

        assert (await ask(client, key.reveal(), path)).status_code == 200
        assert (await ask(client, key.reveal(), path, "DELETE")).status_code == 204
        assert (await ask(client, others["key"])).status_code == 401


class TestSubject:
    async def test_given(self, client: AsyncClient) -> None:
        made = await make(client, subject=" billing ")

        assert (await ask(client, made["key"])).json()["subject"] == "billing"

    @pytest.mark.parametrize("subject", ["", " ", "x" * 101, "\0", 7])
    async def test_invalid(self, client: AsyncClient, subject: object) -> None:
        response = await client.post(KEYS, json={"name": "reports", "subject": subject})

        assert response.status_code == 422


class TestWithoutPermission:
    """OWASP API5:2023."""

    async def test_makes_none(self, client: AsyncClient, state: State) -> None:
        key, _ = await store(state, "b")

        response = await ask(client, key.reveal(), KEYS, "POST", {"name": "more"})

        assert response.status_code == 403
        assert response.json()["code"] == "forbidden"

    async def test_ends_none(self, client: AsyncClient, state: State) -> None:
        key, key_id = await store(state, "b")

        assert (await ask(client, key.reveal(), f"{KEYS}/{key_id}", "DELETE")).status_code == 403
        assert (await ask(client, key.reveal())).status_code == 200
