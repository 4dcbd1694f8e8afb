"""What is deleted is gone from every way in."""

from collections.abc import AsyncGenerator

import pytest
from httpx2 import AsyncClient, Auth

from tests.support.articles import (
    ARTICLES,
    FEED,
    PROFILES,
    TAGS,
    delete,
    path_of,
    refusal,
    slugs,
    write,
)

GONE = (404, "article_not_found")


@pytest.fixture(autouse=True)
async def deleted(client: AsyncClient, ada: Auth, bob: Auth) -> AsyncGenerator[None]:
    """An article that Bob liked, commented, and followed the author of, and that is deleted."""
    await write(client, ada, tags=["ink"])
    await client.put(path_of("on-pens", "/favourite"), auth=bob)
    await client.post(path_of("on-pens", "/comments"), json={"body": "Yes"}, auth=bob)
    await client.put(f"{PROFILES}/ada/follow", auth=bob)
    await delete(client, ada, "on-pens")
    yield
    assert (await client.post(path_of("on-pens", "/restore"), auth=ada)).status_code == 200


class TestDeleted:
    @pytest.mark.parametrize(
        ("method", "part"),
        [
            ("GET", ""),
            ("PATCH", ""),
            ("DELETE", ""),
            ("POST", "/views"),
            ("GET", "/comments"),
            ("POST", "/comments"),
            ("DELETE", "/comments"),
            ("DELETE", "/comments/1"),
            ("PUT", "/favourite"),
            ("DELETE", "/favourite"),
        ],
    )
    async def test_by_its_slug(
        self, client: AsyncClient, ada: Auth, editor: Auth, method: str, part: str
    ) -> None:
        body = {"body": "Well"} if method in {"POST", "PATCH"} and part != "/views" else None
        for auth in (ada, editor):
            response = await client.request(
                method, path_of("on-pens", part), json=body, headers={"If-Match": "*"}, auth=auth
            )

            assert refusal(response) == GONE

    @pytest.mark.parametrize(
        "query", ["", "tag=ink", "without_tag=wood", "author=ada", "favourite_of=bob", "title=pens"]
    )
    async def test_by_lists(self, client: AsyncClient, ada: Auth, editor: Auth, query: str) -> None:
        for auth in (ada, editor):
            page = (await client.get(f"{ARTICLES}?{query}", auth=auth)).json()

            assert (page["items"], page["total"]) == ([], 0)

    async def test_by_its_tags(self, client: AsyncClient, editor: Auth) -> None:
        assert (await client.get(TAGS, auth=editor)).json()["items"] == []

    async def test_by_the_feed(self, client: AsyncClient, bob: Auth) -> None:
        assert (await client.get(FEED, auth=bob)).json() == {"items": [], "next": None}

    async def test_by_its_author(self, client: AsyncClient, bob: Auth) -> None:
        profile = (await client.get(f"{PROFILES}/ada", auth=bob)).json()

        assert profile["reach"]["articles"] == 0

    async def test_by_what_changes_several(self, client: AsyncClient, ada: Auth) -> None:
        published = await client.post(path_of("publish"), json={"slugs": ["on-pens"]}, auth=ada)

        assert published.json() == {"published": 0}


class TestSlug:
    async def test_free_again(self, client: AsyncClient, ada: Auth) -> None:
        for _ in range(2):
            again = await write(client, ada)
            assert again["popularity"]["comments"] == 0
            assert await slugs(client, ada) == ["on-pens"]
            await delete(client, ada, "on-pens")
