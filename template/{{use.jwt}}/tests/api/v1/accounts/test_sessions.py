"""/api/v1/auth/sessions."""

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from tests.support.auth import AUTH, ME
from tests.support.users import Bearer, begin_session, signed_in

SESSIONS = f"{AUTH}/sessions"


async def ids(client: AsyncClient, bearer: Bearer) -> list[str]:
    """List the ids of somebody's sessions."""
    response = await client.get(SESSIONS, auth=bearer)
    assert response.status_code == 200
    return [each["id"] for each in response.json()]


class TestList:
    async def test_own(self, client: AsyncClient, state: State) -> None:
        user, bearer = await signed_in(state)
        await begin_session(state, user, address="192.0.2.7")
        await signed_in(state)

        listed = (await client.get(SESSIONS, auth=bearer)).json()

        assert {(each["address"], each["current"]) for each in listed} == {
            ("127.0.0.1", True),
            ("192.0.2.7", False),
        }

    async def test_ended(self, client: AsyncClient, state: State) -> None:
        user, bearer = await signed_in(state)
        other = await begin_session(state, user)
        await client.post(f"{AUTH}/logout", auth=Bearer(other.access_token))

        assert len(await ids(client, bearer)) == 1


class TestEnd:
    async def test_own(self, client: AsyncClient, state: State) -> None:
        user, bearer = await signed_in(state)
        other = Bearer((await begin_session(state, user)).access_token)
        session_id = state["tokens"].read_access(other.token).session_id

        response = await client.delete(f"{SESSIONS}/{session_id}", auth=bearer)

        assert response.status_code == 204
        assert (await client.get(ME, auth=other)).status_code == 401
        assert session_id not in await ids(client, bearer)

    async def test_of_somebody_else(self, client: AsyncClient, state: State) -> None:
        """OWASP API1:2023: not even an administrator's request ends it."""
        _, bearer = await signed_in(state)
        session_id = state["tokens"].read_access(bearer.token).session_id

        response = await client.delete(f"{SESSIONS}/{session_id}")

        assert response.status_code == 404
        assert response.json()["code"] == "session_not_found"
        assert (await client.get(ME, auth=bearer)).status_code == 200

    async def test_not_found(self, client: AsyncClient) -> None:
        assert (await client.delete(f"{SESSIONS}/{'0' * 32}")).status_code == 404

    @pytest.mark.parametrize("session_id", ["x", "0" * 33, "0" * 31 + "%00"])
    async def test_no_id(self, client: AsyncClient, session_id: str) -> None:
        assert (await client.delete(f"{SESSIONS}/{session_id}")).status_code == 422
