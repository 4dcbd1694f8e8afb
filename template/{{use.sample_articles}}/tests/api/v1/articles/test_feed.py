"""/api/v1/feed."""

import pytest
from httpx2 import AsyncClient, Auth

from app.core.lifespan import State
from tests.support.articles import FEED, PROFILES, refusal, write
from tests.support.users import signed_in


async def read(
    client: AsyncClient, auth: Auth, after: str | None = None
) -> tuple[list[str], str | None]:
    """Read one page of two, and where the next one begins."""
    query = {"size": "2"} | ({} if after is None else {"after": after})
    response = await client.get(FEED, params=query, auth=auth)
    assert response.status_code == 200
    return [each["slug"] for each in response.json()["items"]], response.json()["next"]


class TestRead:
    async def test_of_whom_one_follows(
        self, client: AsyncClient, ada: Auth, bob: Auth, editor: Auth
    ) -> None:
        await client.put(f"{PROFILES}/ada/follow", auth=bob)
        await write(client, ada, "One", tags=["ink"])
        await write(client, ada, "Draft", is_published=False)
        await write(client, editor, "Two")

        (article,) = (await client.get(FEED, auth=bob)).json()["items"]

        assert (article["slug"], article["tags"]) == ("one", ["ink"])
        assert await read(client, ada) == ([], None)

    async def test_nothing_twice_and_nothing_skipped(
        self, client: AsyncClient, ada: Auth, bob: Auth
    ) -> None:
        """Whatever is published while somebody reads, which shifts numbered pages."""
        await client.put(f"{PROFILES}/ada/follow", auth=bob)
        for title in ("One", "Two", "Three", "Four"):
            await write(client, ada, title)

        first, after = await read(client, bob)
        await write(client, ada, "Five")
        second, end = await read(client, bob, after)

        assert (first, second, end) == (["four", "three"], ["two", "one"], None)

    @pytest.mark.parametrize(
        "after",
        [
            "x",
            "%",
            "\u00e4",
            "MjAyNi0wMS0wMSAx",
            "OTk5OS0xMi0zMVQyMzo1OTo1OS0xNDowMCAx",
            "MjAyNi0wMS0wMVQwMDowMDowMCswMDowMCAw",
        ],
    )
    async def test_no_position(self, client: AsyncClient, ada: Auth, after: str) -> None:
        response = await client.get(FEED, params={"after": after}, auth=ada)

        assert response.status_code == 422

    async def test_without_a_handle(self, client: AsyncClient, state: State) -> None:
        _, stranger = await signed_in(state)

        assert refusal(await client.get(FEED, auth=stranger)) == (409, "profile_required")
