"""/api/v1/tags, and favourites: what is said twice is said once."""

from httpx2 import AsyncClient, Auth

from tests.support.articles import TAGS, path_of, write


class TestTags:
    async def test_counted(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        await write(client, ada, "One", tags=["ink", "art"])
        await write(client, bob, "Two", tags=["ink"])
        await write(client, bob, "Three", tags=["wood"], is_published=False)

        page = (await client.get(TAGS, auth=ada)).json()

        assert page["items"] == [{"name": "ink", "articles": 2}, {"name": "art", "articles": 1}]
        assert page["total"] == 2

    async def test_pages(self, client: AsyncClient, ada: Auth) -> None:
        await write(client, ada, tags=["a", "b", "c"])

        page = (await client.get(f"{TAGS}?size=2&page=2", auth=ada)).json()

        assert [tag["name"] for tag in page["items"]] == ["c"]
        assert (page["total"], page["pages"]) == (3, 2)


class TestFavourites:
    async def test_once(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        await write(client, ada)
        for auth in (bob, bob, ada):
            response = await client.put(path_of("on-pens", "/favourite"), auth=auth)
            assert response.status_code == 204

        shown = (await client.get(path_of("on-pens"), auth=bob)).json()["popularity"]
        assert (shown["favourites"], shown["is_favourite"]) == (2, True)

    async def test_no_longer(self, client: AsyncClient, ada: Auth, bob: Auth) -> None:
        await write(client, ada)
        await client.put(path_of("on-pens", "/favourite"), auth=ada)
        await client.put(path_of("on-pens", "/favourite"), auth=bob)

        for _ in range(2):
            response = await client.delete(path_of("on-pens", "/favourite"), auth=bob)
            assert response.status_code == 204

        by_ada, by_bob = [
            (await client.get(path_of("on-pens"), auth=auth)).json()["popularity"]
            for auth in (ada, bob)
        ]
        assert (by_ada["favourites"], by_ada["is_favourite"]) == (1, True)
        assert (by_bob["favourites"], by_bob["is_favourite"]) == (1, False)
