"""Who a request's key belongs to."""

from datetime import timedelta

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from app.core.security.keys import Key, new_key
from app.models.utc import utc_now
from tests.support.database import statements
from tests.support.keys import KEYS, ME, ask, make, store, whoami

SECOND = timedelta(seconds=1)


class TestShownKey:
    async def test_known(self, client: AsyncClient) -> None:
        made = await make(client)

        response = await ask(client, made["key"])

        assert response.status_code == 200
        assert response.json() == {"subject": made["subject"], "permissions": []}

    async def test_what_it_is_scoped_for(self, client: AsyncClient) -> None:
        scopes: list[str] = (await client.get(ME)).json()["permissions"]
        made = await make(client, scopes=scopes[:1])

        assert (await ask(client, made["key"])).json()["permissions"] == scopes[:1]

    @pytest.mark.parametrize("name", ["X-API-Key", "api_key", "key"])
    async def test_not_in_the_query(self, client: AsyncClient, name: str) -> None:
        made = await make(client)

        response = await client.get(ME, auth=None, params={name: made["key"]})

        assert response.status_code == 401

    async def test_not_in_another_header(self, client: AsyncClient) -> None:
        made = await make(client)

        headers = {"Authorization": f"ApiKey {made['key']}", "Cookie": f"X-API-Key={made['key']}"}
        response = await client.get(ME, auth=None, headers=headers)

        assert response.status_code == 401


class TestRefusedKey:
    """OWASP API2:2023; ASVS 5, chapter 6."""

    @pytest.mark.parametrize("text", ["", "x", "ak_", "ak_0123456789ab_short", "é", "' OR 1=1 --"])
    async def test_malformed(self, client: AsyncClient, state: State, text: str) -> None:
        with statements(state["database"]) as seen:
            headers = {b"X-API-Key": text.encode("latin-1")}
            response = await client.get(ME, auth=None, headers=headers)

        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"]
        assert seen == []

    async def test_all_alike(self, client: AsyncClient, state: State) -> None:
        me, now = await whoami(client), utc_now()
        valid, _ = await store(state, me)
        expired, _ = await store(state, me, expires_at=now)
        revoked, _ = await store(state, me, revoked_at=now)
        wrong = Key(valid.prefix, new_key().secret)

        answers = [
            await ask(client, each.reveal()) for each in (expired, revoked, wrong, new_key())
        ]
        answers.append(await ask(client, valid.reveal()[:-1]))

        assert (await ask(client, valid.reveal())).status_code == 200
        assert {answer.status_code for answer in answers} == {401}
        assert {answer.json()["detail"] for answer in answers} == {"The key is not valid."}
        assert all(answer.headers["WWW-Authenticate"] for answer in answers)

    async def test_not_before_it_expires(self, client: AsyncClient, state: State) -> None:
        key, _ = await store(state, await whoami(client), expires_at=utc_now() + 60 * SECOND)

        assert (await ask(client, key.reveal())).status_code == 200

    async def test_scope_of_a_permission_given_up(self, client: AsyncClient, state: State) -> None:
        key, key_id = await store(state, await whoami(client), scopes="no:longer")

        assert (await ask(client, key.reveal())).json()["permissions"] == []
        assert (await client.get(f"{KEYS}/{key_id}")).json()["scopes"] == ["no:longer"]

    async def test_makes_and_ends_no_keys(self, client: AsyncClient) -> None:
        made = await make(client)

        more = await ask(client, made["key"], KEYS, "POST", {"name": "more"})
        ended = await ask(client, made["key"], f"{KEYS}/{made['id']}", "DELETE")

        assert (more.status_code, ended.status_code) == (403, 403)
        assert (await ask(client, made["key"])).status_code == 200
