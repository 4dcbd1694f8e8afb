"""/api/v1/orders: many clients and a worker at the same time."""

from collections import Counter

import pytest
from httpx2 import AsyncClient, Response

from app.core.database.session import Database
from tests.support.orders import (
    ORDERS,
    ProductBody,
    add_product,
    all_at_once,
    cancel,
    count,
    order_of,
    read,
    stock_of,
    submit,
    worked_off,
)

pytestmark = pytest.mark.usefixtures("worker")


class TestSubmit:
    async def test_none_is_oversold(self, live_client: AsyncClient, database: Database) -> None:
        product = await add_product(live_client, stock=20)

        responses = await all_at_once(
            live_client.post(ORDERS, json=order_of((product, 1))) for _ in range(200)
        )
        await worked_off(database)

        assert Counter(each.status_code for each in responses) == {202: 200}
        assert await count(live_client, "confirmed") == 20
        assert await count(live_client, "failed") == 180
        assert await stock_of(live_client, product) == 0

    async def test_the_same_key(self, live_client: AsyncClient, database: Database) -> None:
        product = await add_product(live_client)
        headers = {"Idempotency-Key": "3fa1"}

        responses = await all_at_once(
            live_client.post(ORDERS, json=order_of((product, 1)), headers=headers)
            for _ in range(50)
        )
        await worked_off(database)

        assert Counter(each.status_code for each in responses) == {202: 50}
        assert len({(each.content, each.headers["Location"]) for each in responses}) == 1
        assert await count(live_client, "confirmed") == 1
        assert await stock_of(live_client, product) == 19

    async def test_the_same_products_in_any_order(
        self, live_client: AsyncClient, database: Database
    ) -> None:
        pen, ink = await add_product(live_client, "Pen"), await add_product(live_client, "Ink")
        there, back = ((pen, 1), (ink, 1)), ((ink, 1), (pen, 1))

        await all_at_once(
            live_client.post(ORDERS, json=order_of(*lines)) for lines in (there, back) * 15
        )
        await worked_off(database)

        assert await count(live_client, "confirmed") == 20
        assert await count(live_client, "failed") == 10
        assert [await stock_of(live_client, each) for each in (pen, ink)] == [0, 0]


class TestCancel:
    async def test_against_the_worker(self, live_client: AsyncClient, database: Database) -> None:
        product = await add_product(live_client, stock=30)

        responses = await all_at_once(submit_and_cancel(live_client, product) for _ in range(30))
        await worked_off(database)

        cancelled = sum(each.status_code == 200 for each in responses)
        refused = sum(each.status_code == 409 for each in responses)
        assert cancelled + refused == 30
        assert await count(live_client, "cancelled") == cancelled
        assert await count(live_client, "confirmed") == refused
        assert await stock_of(live_client, product) == cancelled


async def submit_and_cancel(client: AsyncClient, product: ProductBody) -> Response:
    """Change one's mind at once."""
    order = await submit(client, (product, 1))
    response = await cancel(client, order)
    status = (await read(client, order))["status"]
    assert (response.status_code, status) in {(200, "cancelled"), (409, "confirmed")}
    return response
