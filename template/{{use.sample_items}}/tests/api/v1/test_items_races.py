"""/api/v1/items: many clients at the same time, each with a connection of its own."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterable

from httpx2 import AsyncClient, Response

from tests.support.items import ITEMS, create, path_of

CLIENTS = 50


async def statuses(requests: Iterable[Awaitable[Response]]) -> Counter[int]:
    """Send all at once, and count the answers of each kind."""
    return Counter(response.status_code for response in await asyncio.gather(*requests))


class TestUpdate:
    async def test_no_update_is_lost(self, live_client: AsyncClient) -> None:
        item = await create(live_client)

        counts = await statuses(
            live_client.patch(
                path_of(item), json={"price_cents": number}, headers={"If-Match": '"1"'}
            )
            for number in range(CLIENTS)
        )

        assert counts == {200: 1, 412: CLIENTS - 1}
        assert (await live_client.get(path_of(item))).json()["version"] == 2


class TestDelete:
    async def test_only_once(self, live_client: AsyncClient) -> None:
        item = await create(live_client)

        counts = await statuses(
            live_client.delete(path_of(item), headers={"If-Match": '"1"'}) for _ in range(CLIENTS)
        )

        assert counts[204] == 1
        assert counts[404] + counts[412] == CLIENTS - 1


class TestCreate:
    async def test_a_name_is_given_once(self, live_client: AsyncClient) -> None:
        body = {"name": "Pen", "price_cents": 120}

        responses = await asyncio.gather(
            *(live_client.post(ITEMS, json=body) for _ in range(CLIENTS))
        )

        refused = [each.json()["code"] for each in responses if each.status_code != 201]
        assert refused == ["item_name_taken"] * (CLIENTS - 1)
