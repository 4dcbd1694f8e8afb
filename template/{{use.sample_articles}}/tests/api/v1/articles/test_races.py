"""/api/v1/articles: many clients at the same time, each with a connection of its own."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable

import pytest
from httpx2 import AsyncClient, Response

from tests.support.articles import ARTICLES, PROFILES, TAGS, path_of

CLIENTS = 20


@pytest.fixture(autouse=True)
async def profile(live_client: AsyncClient) -> None:
    """Somebody with a handle, who does all of it."""
    await live_client.put(f"{PROFILES}/me", json={"handle": "ada"})


async def statuses(requests: Iterable[Awaitable[Response]]) -> Counter[int]:
    """Send all at once, and count the answers of each kind."""
    return Counter(response.status_code for response in await asyncio.gather(*requests))


async def publish(client: AsyncClient, title: str = "On Pens", *tags: str) -> Response:
    """Write an article."""
    body = {"title": title, "tags": tags, "is_published": True}
    return await client.post(ARTICLES, json=body)


class TestCreate:
    async def test_a_slug_is_given_once(self, live_client: AsyncClient) -> None:
        counts = await statuses(publish(live_client) for _ in range(CLIENTS))

        assert counts == {201: 1, 409: CLIENTS - 1}

    async def test_a_tag_is_made_once(self, live_client: AsyncClient) -> None:
        tags = ["a", "b", "c"]
        counts = await statuses(
            publish(live_client, f"On {number}", *tags) for number in range(CLIENTS)
        )

        page = (await live_client.get(TAGS)).json()
        assert counts == {201: CLIENTS}
        assert page["items"] == [{"name": name, "articles": CLIENTS} for name in tags]


class TestFavourite:
    async def test_counts_once(self, live_client: AsyncClient) -> None:
        await publish(live_client)

        counts = await statuses(
            live_client.put(path_of("on-pens", "/favourite")) for _ in range(CLIENTS)
        )

        article = (await live_client.get(path_of("on-pens"))).json()
        assert counts == {204: CLIENTS}
        assert article["popularity"]["favourites"] == 1


class TestViews:
    async def test_none_is_lost(self, live_client: AsyncClient) -> None:
        await publish(live_client)

        counts = await statuses(
            live_client.post(path_of("on-pens", "/views")) for _ in range(CLIENTS)
        )

        assert counts == {204: CLIENTS}
        assert (await live_client.get(path_of("on-pens"))).json()["views"] == CLIENTS


class TestDelete:
    async def test_comments_meanwhile(self, live_client: AsyncClient) -> None:
        """Each was said before, or finds no article."""
        await publish(live_client)
        comments = path_of("on-pens", "/comments")

        async def delete() -> Response:
            return await live_client.delete(path_of("on-pens"), headers={"If-Match": '"1"'})

        answers = await asyncio.gather(
            *(live_client.post(comments, json={"body": "Yes"}) for _ in range(CLIENTS // 2)),
            delete(),
            *(live_client.post(comments, json={"body": "No"}) for _ in range(CLIENTS // 2)),
        )

        counts = Counter(each.status_code for each in answers)
        assert counts[204] == 1
        assert counts[201] + counts[404] == CLIENTS
        restored = (await live_client.post(path_of("on-pens", "/restore"))).json()
        assert restored["popularity"]["comments"] == counts[201]


class TestProfile:
    async def test_a_user_has_one(self, live_client: AsyncClient) -> None:
        handles = [f"ada_{number}" for number in range(CLIENTS)]

        counts = await statuses(
            live_client.put(f"{PROFILES}/me", json={"handle": handle}) for handle in handles
        )

        found = await statuses(live_client.get(f"{PROFILES}/{handle}") for handle in handles)
        assert counts == {200: CLIENTS}
        assert found == {200: 1, 404: CLIENTS - 1}
