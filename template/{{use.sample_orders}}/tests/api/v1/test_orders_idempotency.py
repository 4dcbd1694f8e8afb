"""/api/v1/orders: the header Idempotency-Key."""

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from tests.support.orders import (
    ORDERS,
    PRODUCTS,
    ProductBody,
    Recorder,
    add_product,
    order_of,
    settle,
    wrong_fields,
)

KEY = {"Idempotency-Key": "3fa1"}


@pytest.fixture
async def product(client: AsyncClient, recorder: Recorder) -> ProductBody:
    """Something to order, of which no worker hears."""
    assert recorder.taken == []
    return await add_product(client)


class TestRepeated:
    async def test_one_order(
        self, client: AsyncClient, recorder: Recorder, product: ProductBody
    ) -> None:
        first = await client.post(ORDERS, json=order_of((product, 1)), headers=KEY)

        second = await client.post(ORDERS, json=order_of((product, 1)), headers=KEY)

        assert (first.status_code, second.status_code) == (202, 202)
        assert second.content == first.content
        assert second.headers["Location"] == first.headers["Location"]
        assert second.headers["ETag"] == first.headers["ETag"]
        assert len(recorder.taken) == 1

    async def test_as_it_was_answered_then(
        self, client: AsyncClient, state: State, product: ProductBody
    ) -> None:
        first = await client.post(ORDERS, json=order_of((product, 1)), headers=KEY)
        await settle(state, first.json())
        more = {"price_cents": 999}
        await client.patch(f"{PRODUCTS}/{product['id']}", json=more, headers={"If-Match": "*"})

        second = await client.post(ORDERS, json=order_of((product, 1)), headers=KEY)

        assert second.content == first.content

    async def test_without_a_key(self, client: AsyncClient, product: ProductBody) -> None:
        first, second = [await client.post(ORDERS, json=order_of((product, 1))) for _ in range(2)]

        assert first.json()["id"] != second.json()["id"]


class TestReused:
    async def test_another_body(
        self, client: AsyncClient, recorder: Recorder, product: ProductBody
    ) -> None:
        await client.post(ORDERS, json=order_of((product, 1)), headers=KEY)

        response = await client.post(ORDERS, json=order_of((product, 2)), headers=KEY)

        assert response.status_code == 422
        assert response.json()["code"] == "idempotency_key_reused"
        assert len(recorder.taken) == 1

    async def test_after_a_failure(self, client: AsyncClient, product: ProductBody) -> None:
        unknown = {"lines": [{"product_id": 4711, "quantity": 1}]}
        refused = await client.post(ORDERS, json=unknown, headers=KEY)

        response = await client.post(ORDERS, json=order_of((product, 1)), headers=KEY)

        assert (refused.status_code, response.status_code) == (422, 202)


class TestForm:
    @pytest.mark.parametrize("key", ["x", '"8e03978e-40d5-43dd-bc93-6894a57f9324"', "k" * 255])
    async def test_valid(self, client: AsyncClient, product: ProductBody, key: str) -> None:
        headers = {"Idempotency-Key": key}

        response = await client.post(ORDERS, json=order_of((product, 1)), headers=headers)

        assert response.status_code == 202

    @pytest.mark.parametrize("key", ["", "k" * 256, "two words", "clé"])
    async def test_invalid(self, client: AsyncClient, product: ProductBody, key: str) -> None:
        headers = {b"Idempotency-Key": key.encode()}

        response = await client.post(ORDERS, json=order_of((product, 1)), headers=headers)

        assert wrong_fields(response) == ["idempotency-key"]
