"""/api/v1/auth: signing in, staying signed in, signing out."""

from datetime import timedelta

import pytest
from httpx2 import AsyncClient, Response

from app.core.database.session import transaction
from app.core.lifespan import State
from app.core.security.passwords import Passwords
from app.repositories.accounts.user import UserRepository
from app.schemas.accounts.auth import TokenPair
from app.schemas.accounts.role import Role
from tests.support.auth import ANONYMOUS, AUTH, ME, login, refresh, sign_in
from tests.support.users import (
    EMAIL,
    PASSWORD,
    Bearer,
    add_user,
    begin_session,
    find_user,
    signed_in,
)


@pytest.fixture
async def pair(client: AsyncClient, state: State) -> TokenPair:
    """The tokens of somebody who has signed in."""
    await add_user(state, EMAIL, password=PASSWORD)
    return await sign_in(client)


async def status_of(client: AsyncClient, token: str) -> int:
    """Ask for something with an access token."""
    return (await client.get(ME, auth=Bearer(token))).status_code


def is_refusal(response: Response) -> bool:
    """Tell whether nothing was given, and how to prove oneself was said."""
    return response.status_code == 401 and "WWW-Authenticate" in response.headers


class TestLogin:
    async def test_signed_in(self, client: AsyncClient, state: State) -> None:
        user = await add_user(state, EMAIL, password=PASSWORD)

        response = await login(client)

        body = response.json()
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert (body["token_type"], body["expires_in"]) == ("bearer", 900)
        me = await client.get(ME, auth=Bearer(body["access_token"]))
        assert me.json()["id"] == user.id

    async def test_email_in_either_case(self, client: AsyncClient, state: State) -> None:
        await add_user(state, EMAIL, password=PASSWORD)

        assert (await login(client, EMAIL.upper())).status_code == 200

    async def test_refused_alike(self, client: AsyncClient, state: State) -> None:
        """OWASP API2:2023: nobody learns who has an account."""
        await add_user(state, EMAIL, password=PASSWORD)
        await add_user(state, "new@example.com", password=PASSWORD, is_verified=False)
        gone = await add_user(state, "gone@example.com", password=PASSWORD)
        async with transaction(state["database"]) as session:
            users = UserRepository(session)
            locked = await users.lock(gone.id)
            assert locked is not None
            await users.update(locked, {"is_active": False})

        answers = [
            await login(client, EMAIL, "a wrong password"),
            await login(client, "nobody@example.com"),
            await login(client, "new@example.com"),
            await login(client, "gone@example.com"),
            await login(client, "no address"),
            await login(client, "nul\0@example.com", "\0\N{PILE OF POO}"),
        ]

        bodies = [{**answer.json(), "request_id": ""} for answer in answers]
        assert all(is_refusal(answer) for answer in answers)
        assert bodies[0]["code"] == "invalid_credentials"
        assert all(body == bodies[0] for body in bodies)

    async def test_other_grants_are_refused(self, client: AsyncClient) -> None:
        form = {"username": EMAIL, "password": PASSWORD, "grant_type": "client_credentials"}

        response = await client.post(f"{AUTH}/login", data=form, auth=ANONYMOUS)

        assert response.status_code == 422
        assert PASSWORD not in response.text

    async def test_scopes_raise_nobody(self, client: AsyncClient, state: State) -> None:
        await add_user(state, EMAIL, password=PASSWORD)
        form = {"username": EMAIL, "password": PASSWORD, "scope": "users:read users:write"}

        token = (await client.post(f"{AUTH}/login", data=form, auth=ANONYMOUS)).json()

        response = await client.get("/api/v1/users", auth=Bearer(token["access_token"]))
        assert response.status_code == 403

    async def test_a_hash_of_another_cost_is_renewed(
        self, client: AsyncClient, state: State
    ) -> None:
        user = await add_user(state, EMAIL, password=PASSWORD)
        auth = state["settings"].auth
        dearer = auth.model_copy(update={"argon2_time_cost": auth.argon2_time_cost + 1})
        state["passwords"] = Passwords(dearer)

        await sign_in(client)

        renewed = (await find_user(state)).password_hash
        assert renewed != user.password_hash
        assert (await login(client)).status_code == 200
        assert (await find_user(state)).password_hash == renewed


class TestRefresh:
    async def test_both_are_new(self, client: AsyncClient, pair: TokenPair) -> None:
        response = await refresh(client, pair.refresh_token)

        second = TokenPair.model_validate(response.json())
        assert response.status_code == 200
        assert response.headers["Cache-Control"] == "no-store"
        assert second.refresh_token != pair.refresh_token
        assert await status_of(client, second.access_token) == 200
        assert (await refresh(client, second.refresh_token)).status_code == 200

    async def test_used_again_ends_the_session(self, client: AsyncClient, pair: TokenPair) -> None:
        """RFC 9700, section 4.14.2: whoever holds the newer token may be the thief."""
        second = TokenPair.model_validate((await refresh(client, pair.refresh_token)).json())

        assert is_refusal(await refresh(client, pair.refresh_token))

        assert is_refusal(await refresh(client, second.refresh_token))
        assert await status_of(client, second.access_token) == 401

    async def test_used_again_ends_no_other_session(
        self, client: AsyncClient, pair: TokenPair
    ) -> None:
        other = await sign_in(client)
        await refresh(client, pair.refresh_token)
        await refresh(client, pair.refresh_token)

        assert await status_of(client, other.access_token) == 200

    async def test_does_not_make_the_session_longer(
        self, client: AsyncClient, state: State, pair: TokenPair
    ) -> None:
        before = state["tokens"].read_refresh(pair.refresh_token).expires_at

        second = (await refresh(client, pair.refresh_token)).json()["refresh_token"]

        assert state["tokens"].read_refresh(second).expires_at == before

    async def test_expired_session(self, client: AsyncClient, state: State) -> None:
        user = await add_user(state)
        pair = await begin_session(state, user, refresh_token_ttl=timedelta(seconds=-1))

        assert is_refusal(await refresh(client, pair.refresh_token))
        assert await status_of(client, pair.access_token) == 401

    @pytest.mark.parametrize("token", ["", "x", "\0", "ä", "a.b.c", "x" * 2000])
    async def test_no_token(self, client: AsyncClient, token: str) -> None:
        assert is_refusal(await refresh(client, token))

    async def test_access_token(self, client: AsyncClient, pair: TokenPair) -> None:
        assert is_refusal(await refresh(client, pair.access_token))

    async def test_nothing_else(self, client: AsyncClient, pair: TokenPair) -> None:
        body = {"refresh_token": pair.refresh_token, "scope": "users:write"}

        response = await client.post(f"{AUTH}/refresh", json=body, auth=ANONYMOUS)

        assert response.status_code == 422
        assert pair.refresh_token not in response.text


class TestLogout:
    async def test_ends_this_session_at_once(self, client: AsyncClient, pair: TokenPair) -> None:
        other = await sign_in(client)

        response = await client.post(f"{AUTH}/logout", auth=Bearer(pair.access_token))

        assert response.status_code == 204
        assert await status_of(client, pair.access_token) == 401
        assert is_refusal(await refresh(client, pair.refresh_token))
        assert await status_of(client, other.access_token) == 200

    async def test_twice(self, client: AsyncClient, pair: TokenPair) -> None:
        bearer = Bearer(pair.access_token)
        await client.post(f"{AUTH}/logout", auth=bearer)

        assert is_refusal(await client.post(f"{AUTH}/logout", auth=bearer))


class TestLogoutEverywhere:
    async def test_ends_all_sessions_at_once(self, client: AsyncClient, pair: TokenPair) -> None:
        other = await sign_in(client)

        response = await client.post(f"{AUTH}/logout-everywhere", auth=Bearer(pair.access_token))

        assert response.status_code == 204
        for each in (pair, other):
            assert await status_of(client, each.access_token) == 401
            assert is_refusal(await refresh(client, each.refresh_token))

    async def test_of_nobody_else(self, client: AsyncClient, state: State, pair: TokenPair) -> None:
        _, bearer = await signed_in(state)

        await client.post(f"{AUTH}/logout-everywhere", auth=bearer)

        assert await status_of(client, pair.access_token) == 200


class TestRole:
    async def test_is_looked_up_on_each_request(
        self, client: AsyncClient, state: State, pair: TokenPair
    ) -> None:
        user = await find_user(state)
        path = f"/api/v1/users/{user.id}"
        assert (await client.get(path, auth=Bearer(pair.access_token))).status_code == 403

        await client.patch(path, json={"role": Role.ADMIN})

        assert (await client.get(path, auth=Bearer(pair.access_token))).status_code == 200
