"""GET /api/v1/articles: what is asked of the list."""

from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from httpx2 import AsyncClient, Auth

from tests.support.articles import ARTICLES, path_of, slugs, write


@pytest.fixture
async def shelf(client: AsyncClient, ada: Auth, bob: Auth) -> list[str]:
    """Some articles, the oldest first."""
    written = [
        await write(client, ada, "On Pens", tags=["ink", "steel"]),
        await write(client, ada, "On Paper", tags=["wood"]),
        await write(client, bob, "Brushes", tags=["ink", "hair"]),
        await write(client, bob, "100 % Chalk"),
    ]
    for part in ("/views", "/views"):
        await client.post(path_of("on-paper", part), auth=bob)
    await client.put(path_of("brushes", "/favourite"), auth=ada)
    return [each["slug"] for each in written]


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("title=ON%20", ["on-paper", "on-pens"]),
            ("title=%25", ["100-chalk"]),
            ("author=bob", ["100-chalk", "brushes"]),
            ("author=nobody", []),
            ("tag=ink", ["brushes", "on-pens"]),
            ("tag=wood&tag=hair", ["brushes", "on-paper"]),
            ("without_tag=ink", ["100-chalk", "on-paper"]),
            ("without_tag=ink&without_tag=wood", ["100-chalk"]),
            ("tag=ink&without_tag=hair", ["on-pens"]),
            ("favourite_of=ada", ["brushes"]),
            ("favourite_of=bob", []),
            ("author=ada&tag=wood", ["on-paper"]),
            ("published=true", ["100-chalk", "brushes", "on-paper", "on-pens"]),
            ("published=false", []),
        ],
    )
    async def test_found(
        self, client: AsyncClient, ada: Auth, shelf: list[str], query: str, found: list[str]
    ) -> None:
        page = (await client.get(f"{ARTICLES}?{query}", auth=ada)).json()

        assert set(found) <= set(shelf)
        assert sorted(each["slug"] for each in page["items"]) == found
        assert page["total"] == len(found)

    @pytest.mark.usefixtures("shelf")
    async def test_each_once(self, client: AsyncClient, ada: Auth) -> None:
        """An article with both tags is one article."""
        page = (await client.get(f"{ARTICLES}?tag=ink&tag=steel&tag=hair", auth=ada)).json()

        assert (len(page["items"]), page["total"]) == (2, 2)

    @pytest.mark.usefixtures("shelf")
    async def test_tags_are_all_shown(self, client: AsyncClient, ada: Auth) -> None:
        """Also those that were not asked for."""
        page = (await client.get(f"{ARTICLES}?tag=hair", auth=ada)).json()

        assert page["items"][0]["tags"] == ["hair", "ink"]

    async def test_range(self, client: AsyncClient, ada: Auth) -> None:
        moments = [(await write(client, ada, title))["published_at"] for title in ("A1", "B2")]
        first, second = (quote(moment or "") for moment in moments)

        assert await slugs(client, ada, f"published_from={second}") == ["b2"]
        assert await slugs(client, ada, f"published_to={first}") == ["a1"]
        assert await slugs(client, ada, f"published_from={first}&published_to={first}") == ["a1"]

    @pytest.mark.parametrize(
        "query",
        [
            "tag=Ink",
            "tag=" + "&tag=".join(f"t{number}" for number in range(11)),
            "author=me",
            "published_from=2026-01-01T00:00:00",
            "published_from=0001-01-01T00:00:00%2B14:00",
            "sort=body",
            "colour=red",
        ],
    )
    async def test_invalid(self, client: AsyncClient, ada: Auth, query: str) -> None:
        assert (await client.get(f"{ARTICLES}?{query}", auth=ada)).status_code == 422


class TestOrder:
    @pytest.mark.parametrize(
        ("sort", "first"), [("created_at", "on-pens"), ("-views", "on-paper"), ("-title", None)]
    )
    async def test_pages(
        self, client: AsyncClient, ada: Auth, shelf: list[str], sort: str, first: str | None
    ) -> None:
        pages = [await slugs(client, ada, f"sort={sort}&size=3&page={page}") for page in (1, 2)]

        assert [len(page) for page in pages] == [3, 1]
        assert sorted(pages[0] + pages[1]) == sorted(shelf)
        assert first in (None, pages[0][0])


class TestSummary:
    async def test_nothing_that_is_long(self, client: AsyncClient, ada: Auth) -> None:
        await write(client, ada, body="Blue.", summary="Of blue ink")

        (article,) = (await client.get(ARTICLES, auth=ada)).json()["items"]

        assert "body" not in article
        assert article["summary"] == "Of blue ink"
        created_at = datetime.fromisoformat(article["created_at"])
        assert created_at.utcoffset() == timedelta(0)
