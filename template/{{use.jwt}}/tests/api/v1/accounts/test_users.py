"""/api/v1/users: for administrators."""

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from app.schemas.accounts.role import Role
from tests.support.auth import ME, login, refresh
from tests.support.mailbox import Mailbox
from tests.support.users import (
    EMAIL,
    PASSWORD,
    Bearer,
    add_user,
    begin_session,
    signed_in,
)

USERS = "/api/v1/users"


async def emails(client: AsyncClient, query: str) -> list[str]:
    """List the e-mails of a page, in order."""
    response = await client.get(f"{USERS}?{query}")
    assert response.status_code == 200
    return [user["email"] for user in response.json()["items"]]


class TestList:
    async def test_filters_and_order(self, client: AsyncClient, state: State) -> None:
        for email in ("b@example.org", "a@example.org", "c@example.net"):
            await add_user(state, email)

        assert await emails(client, "email=EXAMPLE.org&sort=email") == [
            "a@example.org",
            "b@example.org",
        ]
        assert len(await emails(client, "role=admin")) == 1
        assert await emails(client, "is_active=false") == []
        assert (await emails(client, "sort=-email&role=user"))[0] == "c@example.net"

    async def test_forbidden(self, client: AsyncClient, state: State) -> None:
        """OWASP API5:2023."""
        _, bearer = await signed_in(state)

        response = await client.get(USERS, auth=bearer)

        assert response.status_code == 403
        assert "users:read" in response.json()["detail"]

    @pytest.mark.parametrize("query", ["password_hash=x", "sort=password_hash", "role=root"])
    async def test_invalid(self, client: AsyncClient, query: str) -> None:
        assert (await client.get(f"{USERS}?{query}")).status_code == 422


class TestRead:
    async def test_same_as_in_the_list(self, client: AsyncClient, state: State) -> None:
        user = await add_user(state, EMAIL)

        response = await client.get(f"{USERS}/{user.id}")

        assert response.status_code == 200
        assert (await client.get(f"{USERS}?email={EMAIL}")).json()["items"] == [response.json()]

    async def test_not_found(self, client: AsyncClient) -> None:
        response = await client.get(f"{USERS}/{2**63 - 1}")

        assert response.status_code == 404
        assert response.json()["code"] == "user_not_found"

    async def test_forbidden(self, client: AsyncClient, state: State) -> None:
        user, bearer = await signed_in(state)

        assert (await client.get(f"{USERS}/{user.id}", auth=bearer)).status_code == 403


class TestUpdate:
    async def test_role(self, client: AsyncClient, state: State) -> None:
        user = await add_user(state)

        response = await client.patch(f"{USERS}/{user.id}", json={"role": "admin"})

        assert response.status_code == 200
        assert response.json()["role"] == "admin"
        assert (await client.get(f"{USERS}/{user.id}")).json() == response.json()

    async def test_deactivated(self, client: AsyncClient, state: State, mailbox: Mailbox) -> None:
        """ASVS 7.4.2: all sessions end at once."""
        user = await add_user(state, EMAIL, password=PASSWORD)
        pair = await begin_session(state, user)

        response = await client.patch(f"{USERS}/{user.id}", json={"is_active": False})

        assert response.json()["is_active"] is False
        assert (await client.get(ME, auth=Bearer(pair.access_token))).status_code == 401
        assert (await refresh(client, pair.refresh_token)).status_code == 401
        assert (await login(client)).status_code == 401
        assert mailbox == []

    async def test_activated_again(self, client: AsyncClient, state: State) -> None:
        user = await add_user(state, EMAIL, password=PASSWORD)
        pair = await begin_session(state, user)
        for is_active in (False, True):
            await client.patch(f"{USERS}/{user.id}", json={"is_active": is_active})

        assert (await login(client)).status_code == 200
        assert (await refresh(client, pair.refresh_token)).status_code == 401

    async def test_nothing(self, client: AsyncClient, state: State) -> None:
        user = await add_user(state)

        response = await client.patch(f"{USERS}/{user.id}", json={})

        assert (response.status_code, response.json()["role"]) == (200, "user")

    @pytest.mark.parametrize("body", [{"role": "user"}, {"is_active": False}, {}])
    async def test_own(self, client: AsyncClient, body: dict[str, object]) -> None:
        me = (await client.get(ME)).json()

        response = await client.patch(f"{USERS}/{me['id']}", json=body)

        assert response.status_code == 403
        assert response.json()["code"] == "own_account"
        assert (await client.get(ME)).json() == me

    async def test_users_do_not_raise_themselves(self, client: AsyncClient, state: State) -> None:
        """OWASP API5:2023."""
        user, bearer = await signed_in(state)

        response = await client.patch(f"{USERS}/{user.id}", json={"role": "admin"}, auth=bearer)

        assert response.status_code == 403
        assert (await client.get(ME, auth=bearer)).json()["role"] == "user"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("role", "root"),
            ("role", None),
            ("is_active", None),
            ("is_active", "no"),
            ("email", "eve@example.com"),
            ("password", "eight lazy otters"),
            ("password_hash", "x"),
            ("verified_at", None),
            ("id", 1),
        ],
    )
    async def test_invalid(
        self, client: AsyncClient, state: State, field: str, value: object
    ) -> None:
        """OWASP API3:2023."""
        user = await add_user(state, role=Role.USER)

        response = await client.patch(f"{USERS}/{user.id}", json={field: value})

        assert response.status_code == 422
        assert response.json()["errors"][0]["location"] == ["body", field]

    async def test_not_found(self, client: AsyncClient) -> None:
        response = await client.patch(f"{USERS}/{2**63 - 1}", json={"role": "admin"})

        assert response.status_code == 404
