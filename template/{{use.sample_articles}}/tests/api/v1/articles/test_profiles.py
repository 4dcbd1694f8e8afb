"""/api/v1/profiles."""

import pytest
from httpx2 import AsyncClient, Auth

from app.core.database.session import transaction
from app.core.errors import ConflictError
from app.core.lifespan import State
from tests.support.articles import PROFILES, path_of, refusal, write
from tests.support.database import execute
from tests.support.users import signed_in


class TestOwn:
    async def test_chosen(self, client: AsyncClient, state: State) -> None:
        user, bearer = await signed_in(state)
        assert refusal(await client.get(f"{PROFILES}/me", auth=bearer)) == (
            404,
            "profile_not_found",
        )

        body = {"handle": "ada", "bio": "Counts."}
        response = await client.put(f"{PROFILES}/me", json=body, auth=bearer)

        assert response.status_code == 200
        assert body.items() <= response.json().items()
        assert response.json() == (await client.get(f"{PROFILES}/ada", auth=bearer)).json()
        assert user.email not in response.text

    async def test_changed(self, client: AsyncClient, ada: Auth) -> None:
        await write(client, ada)

        await client.put(f"{PROFILES}/me", json={"handle": "lovelace"}, auth=ada)

        assert (await client.get(f"{PROFILES}/ada", auth=ada)).status_code == 404
        article = (await client.get(path_of("on-pens"), auth=ada)).json()
        assert article["author"] == {"handle": "lovelace"}

    @pytest.mark.usefixtures("ada")
    async def test_taken(self, client: AsyncClient, bob: Auth) -> None:
        response = await client.put(
            f"{PROFILES}/me", json={"handle": "ada", "bio": "Bob!"}, auth=bob
        )

        assert refusal(response) == (409, "handle_taken")
        assert (await client.get(f"{PROFILES}/ada", auth=bob)).json()["bio"] == ""
        assert (await client.get(f"{PROFILES}/me", auth=bob)).json()["handle"] == "bob"

    @pytest.mark.parametrize("handle", ["me", "Ada", "a b", "", "a" * 31, "ada\n", None])
    async def test_invalid(self, client: AsyncClient, ada: Auth, handle: str | None) -> None:
        response = await client.put(f"{PROFILES}/me", json={"handle": handle}, auth=ada)

        assert response.status_code == 422


class TestFollow:
    async def test_once(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        for _ in range(2):
            assert (await client.put(f"{PROFILES}/ada/follow", auth=bob)).status_code == 204

        seen = {
            who: (await client.get(f"{PROFILES}/{who}", auth=bob)).json()["reach"]
            for who in ("ada", "bob")
        }
        expected = {"followers": 1, "following": 0, "articles": 0, "is_followed": True}
        assert seen["ada"] == expected
        assert seen["bob"] == {**expected, "followers": 0, "following": 1, "is_followed": False}
        by_ada = (await client.get(f"{PROFILES}/ada", auth=ada)).json()
        assert by_ada["reach"]["is_followed"] is False

    @pytest.mark.usefixtures("ada")
    async def test_no_longer(self, client: AsyncClient, bob: Auth) -> None:
        await client.put(f"{PROFILES}/ada/follow", auth=bob)

        for _ in range(2):
            assert (await client.delete(f"{PROFILES}/ada/follow", auth=bob)).status_code == 204

        reach = (await client.get(f"{PROFILES}/ada", auth=bob)).json()["reach"]
        assert (reach["followers"], reach["is_followed"]) == (0, False)

    async def test_oneself(self, client: AsyncClient, ada: Auth) -> None:
        response = await client.put(f"{PROFILES}/ada/follow", auth=ada)

        assert refusal(response) == (409, "own_profile")

    async def test_nobody(self, client: AsyncClient, ada: Auth) -> None:
        response = await client.put(f"{PROFILES}/nobody/follow", auth=ada)

        assert refusal(response) == (404, "profile_not_found")


class TestGone:
    """What the database does when a row goes that others refer to."""

    async def test_an_author_stays(self, client: AsyncClient, state: State, ada: Auth) -> None:
        await write(client, ada)

        with pytest.raises(ConflictError):
            async with transaction(state["database"]) as session:
                await execute(session, "DELETE FROM profiles WHERE handle = 'ada'")

        assert (await client.get(path_of("on-pens"), auth=ada)).status_code == 200

    @pytest.mark.usefixtures("ada")
    async def test_who_followed_goes(self, client: AsyncClient, state: State, bob: Auth) -> None:
        await client.put(f"{PROFILES}/ada/follow", auth=bob)

        async with transaction(state["database"]) as session:
            await execute(session, "DELETE FROM profiles WHERE handle = 'bob'")

        reach = (await client.get(f"{PROFILES}/ada", auth=bob)).json()["reach"]
        assert reach["followers"] == 0
