"""/api/v1/users/me."""

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from app.schemas.accounts.auth import TokenPair
from app.schemas.accounts.role import Role
from tests.support.auth import AUTH, ME, login, refresh, sign_in
from tests.support.mailbox import Mailbox
from tests.support.mails import token_for
from tests.support.users import EMAIL, PASSWORD, Bearer, add_user, begin_session

NEW_PASSWORD = "eight lazy otters"


@pytest.fixture
async def bearer(client: AsyncClient, state: State) -> Bearer:
    """Somebody who has signed in with a password."""
    await add_user(state, EMAIL, password=PASSWORD)
    return Bearer((await sign_in(client)).access_token)


class TestRead:
    async def test_own(self, client: AsyncClient, bearer: Bearer) -> None:
        response = await client.get(ME, auth=bearer)

        assert response.status_code == 200
        assert response.json().keys() == {
            "id",
            "email",
            "role",
            "is_active",
            "verified_at",
            "created_at",
            "updated_at",
        }
        assert (response.json()["email"], response.json()["role"]) == (EMAIL, "user")

    @pytest.mark.parametrize("field", ["role", "is_active", "verified_at", "password_hash", "id"])
    async def test_nothing_can_be_written(
        self, client: AsyncClient, bearer: Bearer, field: str
    ) -> None:
        """OWASP API3:2023."""
        before = (await client.get(ME, auth=bearer)).json()

        for method in ("PATCH", "PUT", "POST"):
            response = await client.request(method, ME, json={field: "admin"}, auth=bearer)
            assert response.is_client_error

        assert (await client.get(ME, auth=bearer)).json() == before


class TestPassword:
    async def test_changed(self, client: AsyncClient, bearer: Bearer) -> None:
        body = {"current_password": PASSWORD, "password": NEW_PASSWORD}

        response = await client.post(f"{ME}/password", json=body, auth=bearer)

        pair = TokenPair.model_validate(response.json())
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert (await client.get(ME, auth=Bearer(pair.access_token))).status_code == 200
        assert (await refresh(client, pair.refresh_token)).status_code == 200
        assert (await login(client)).status_code == 401
        assert (await login(client, password=NEW_PASSWORD)).status_code == 200

    async def test_ends_all_sessions_at_once(self, client: AsyncClient, bearer: Bearer) -> None:
        """ASVS 7.4.3."""
        other = await sign_in(client)
        body = {"current_password": PASSWORD, "password": NEW_PASSWORD}

        await client.post(f"{ME}/password", json=body, auth=bearer)

        assert (await client.get(ME, auth=bearer)).status_code == 401
        assert (await client.get(ME, auth=Bearer(other.access_token))).status_code == 401
        assert (await refresh(client, other.refresh_token)).status_code == 401

    async def test_ends_a_reset(
        self, client: AsyncClient, bearer: Bearer, mailbox: Mailbox
    ) -> None:
        await client.post(f"{AUTH}/password-reset", json={"email": EMAIL})
        body = {"current_password": PASSWORD, "password": NEW_PASSWORD}
        await client.post(f"{ME}/password", json=body, auth=bearer)

        reset = {"token": token_for(mailbox, EMAIL), "password": "nine lazy otters"}
        response = await client.post(f"{AUTH}/password-reset/confirm", json=reset)

        assert response.json()["code"] == "invalid_token"

    @pytest.mark.parametrize("wrong", ["", "a wrong password", "\0", "x" * 1000])
    async def test_wrong(self, client: AsyncClient, bearer: Bearer, wrong: str) -> None:
        body = {"current_password": wrong, "password": NEW_PASSWORD}

        response = await client.post(f"{ME}/password", json=body, auth=bearer)

        assert response.status_code == 403
        assert response.json()["code"] == "wrong_password"
        assert (await client.get(ME, auth=bearer)).status_code == 200

    async def test_guesses_are_limited(
        self, client: AsyncClient, bearer: Bearer, state: State
    ) -> None:
        """A stolen access token does not help to find the password."""
        limit = state["settings"].auth.login_limit_per_pair
        body = {"current_password": "a wrong password", "password": NEW_PASSWORD}

        statuses = [
            (await client.post(f"{ME}/password", json=body, auth=bearer)).status_code
            for _ in range(limit + 1)
        ]

        assert statuses == [403] * limit + [429]

    @pytest.mark.parametrize("password", [EMAIL, "otters", "password1234"])
    async def test_policy(self, client: AsyncClient, bearer: Bearer, password: str) -> None:
        body = {"current_password": PASSWORD, "password": password}

        response = await client.post(f"{ME}/password", json=body, auth=bearer)

        assert response.status_code == 422
        assert password not in response.text
        assert (await login(client)).status_code == 200


class TestDeactivate:
    async def test_ends_all_sessions_at_once(self, client: AsyncClient, bearer: Bearer) -> None:
        other = await sign_in(client)

        response = await client.post(f"{ME}/deactivate", json={"password": PASSWORD}, auth=bearer)

        assert response.status_code == 204
        assert (await client.get(ME, auth=bearer)).status_code == 401
        assert (await refresh(client, other.refresh_token)).status_code == 401
        assert (await login(client)).status_code == 401

    async def test_last_administrator(self, live_client: AsyncClient, live_state: State) -> None:
        user = await add_user(live_state, role=Role.ADMIN, password=PASSWORD)
        bearer = Bearer((await begin_session(live_state, user)).access_token)

        response = await live_client.post(
            f"{ME}/deactivate", json={"password": PASSWORD}, auth=bearer
        )

        assert response.status_code == 409
        assert response.json()["code"] == "last_administrator"
        assert (await live_client.get(ME, auth=bearer)).status_code == 200

    async def test_nothing_is_mailed_any_more(
        self, client: AsyncClient, bearer: Bearer, mailbox: Mailbox
    ) -> None:
        await client.post(f"{ME}/deactivate", json={"password": PASSWORD}, auth=bearer)

        await client.post(f"{AUTH}/password-reset", json={"email": EMAIL})
        await client.post(f"{AUTH}/register", json={"email": EMAIL, "password": NEW_PASSWORD})

        assert mailbox == []

    async def test_wrong_password(self, client: AsyncClient, bearer: Bearer) -> None:
        body = {"password": "a wrong password"}

        response = await client.post(f"{ME}/deactivate", json=body, auth=bearer)

        assert response.status_code == 403
        assert (await client.get(ME, auth=bearer)).status_code == 200
