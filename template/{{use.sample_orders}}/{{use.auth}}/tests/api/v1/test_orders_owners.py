"""/api/v1/orders: whose an order is, and who may do what."""

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from tests.support.order_customers import customer
from tests.support.orders import (
    ORDERS,
    PRODUCTS,
    ProductBody,
    Recorder,
    add_product,
    order_of,
    submit,
)


@pytest.fixture
async def product(client: AsyncClient, recorder: Recorder) -> ProductBody:
    """Something to order, of which no worker hears."""
    assert recorder.taken == []
    return await add_product(client)


class TestOtherwiseOwned:
    """OWASP API1:2023."""

    async def test_hidden(self, client: AsyncClient, state: State, product: ProductBody) -> None:
        order = await submit(client, (product, 1))
        other = await customer(state)
        path = f"{ORDERS}/{order['id']}"

        read = await client.get(path, auth=other)
        cancelled = await client.post(f"{path}/cancel", auth=other)
        listed = await client.get(ORDERS, auth=other)

        assert (read.status_code, read.json()["code"]) == (404, "order_not_found")
        assert (cancelled.status_code, cancelled.json()["code"]) == (404, "order_not_found")
        assert listed.json()["total"] == 0
        assert (await client.get(path)).json()["status"] == "pending"

    async def test_seen_with_the_permission(
        self, client: AsyncClient, state: State, product: ProductBody
    ) -> None:
        body = order_of((product, 1))
        order = (await client.post(ORDERS, json=body, auth=await customer(state))).json()
        own = await submit(client, (product, 1))

        listed = (await client.get(ORDERS)).json()["items"]
        cancelled = await client.post(f"{ORDERS}/{order['id']}/cancel")

        assert [each["id"] for each in listed] == [own["id"], order["id"]]
        assert len({each["owner"] for each in listed}) == 2
        assert cancelled.json()["status"] == "cancelled"

    async def test_own(self, client: AsyncClient, state: State, product: ProductBody) -> None:
        await submit(client, (product, 1))
        other = await customer(state)

        order = (await client.post(ORDERS, json=order_of((product, 1)), auth=other)).json()
        listed = (await client.get(ORDERS, auth=other)).json()
        cancelled = await client.post(f"{ORDERS}/{order['id']}/cancel", auth=other)

        assert [each["id"] for each in listed["items"]] == [order["id"]]
        assert cancelled.status_code == 200

    async def test_the_same_key(
        self, client: AsyncClient, state: State, product: ProductBody
    ) -> None:
        body, key = order_of((product, 1)), {"Idempotency-Key": "3fa1"}

        first = await client.post(ORDERS, json=body, headers=key)
        others = await client.post(ORDERS, json=body, headers=key, auth=await customer(state))

        assert (first.status_code, others.status_code) == (202, 202)
        assert first.json()["id"] != others.json()["id"]


class TestPermission:
    """OWASP API5:2023."""

    async def test_products(self, client: AsyncClient, state: State, product: ProductBody) -> None:
        other, path = await customer(state), f"{PRODUCTS}/{product['id']}"
        body = {"name": "Ink", "price_cents": 1, "stock": 1}

        added = await client.post(PRODUCTS, json=body, auth=other)
        changed = await client.patch(path, json={"stock": 0}, headers={"If-Match": "*"}, auth=other)

        assert (added.status_code, changed.status_code) == (403, 403)
        assert (await client.get(path, auth=other)).json() == product
