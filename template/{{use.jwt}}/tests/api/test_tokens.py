"""Access tokens that nobody may believe, as a client sends them."""

import pytest
from httpx2 import AsyncClient, Headers

from app.core.lifespan import State
from tests.support.auth import ANONYMOUS, ME
from tests.support.forgeries import FORGERIES
from tests.support.users import add_user, begin_session, signed_in


class TestForged:
    @pytest.mark.parametrize("name", FORGERIES)
    async def test_refused(self, client: AsyncClient, state: State, name: str) -> None:
        """OWASP API2:2023, ASVS 9.1 and 9.2: never believed, and never an error of ours."""
        _, bearer = await signed_in(state)
        forged = FORGERIES[name](bearer.token, state["settings"].auth)
        headers = Headers([(b"Authorization", b"Bearer " + forged.encode("latin-1"))])

        response = await client.get(ME, headers=headers, auth=ANONYMOUS)

        assert response.status_code == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert response.json()["code"] == "unauthenticated"

    async def test_refresh_token(self, client: AsyncClient, state: State) -> None:
        pair = await begin_session(state, await add_user(state))
        headers = {"Authorization": f"Bearer {pair.refresh_token}"}

        response = await client.get(ME, headers=headers, auth=ANONYMOUS)

        assert response.status_code == 401

    @pytest.mark.parametrize(
        "value", ["", "Bearer", "Bearer ", "Basic YTpi", "Token x", "Bearer a b"]
    )
    async def test_header(self, client: AsyncClient, value: str) -> None:
        response = await client.get(ME, headers={"Authorization": value}, auth=ANONYMOUS)

        assert response.status_code == 401

    async def test_not_in_the_query(self, client: AsyncClient, state: State) -> None:
        """RFC 9700, section 4.3.2: addresses end up in logs."""
        _, bearer = await signed_in(state)

        response = await client.get(f"{ME}?access_token={bearer.token}", auth=ANONYMOUS)

        assert response.status_code == 401


class TestForeign:
    async def test_session_of_another_user(self, client: AsyncClient, state: State) -> None:
        """A subject and a session that do not belong together."""
        user = await add_user(state)
        _, bearer = await signed_in(state)
        session_id = state["tokens"].read_access(bearer.token).session_id
        token = state["tokens"].access(str(user.id), session_id)

        response = await client.get(
            ME, headers={"Authorization": f"Bearer {token}"}, auth=ANONYMOUS
        )

        assert response.status_code == 401
