"""/api/v1/orders: one client at a time, and no worker."""

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from tests.support.orders import (
    ORDERS,
    Recorder,
    add_product,
    cancel,
    order_of,
    read,
    settle,
    stock_of,
    submit,
    wrong_fields,
)

pytestmark = pytest.mark.usefixtures("recorder")


class TestSubmit:
    async def test_accepted(self, client: AsyncClient, recorder: Recorder) -> None:
        pen, ink = await add_product(client), await add_product(client, "Ink")

        response = await client.post(ORDERS, json=order_of((ink, 1), (pen, 2)))

        order = response.json()
        assert response.status_code == 202
        assert response.headers["Location"] == f"{ORDERS}/{order['id']}"
        assert response.headers["ETag"] == '"1"'
        assert (order["status"], order["total_cents"], order["version"]) == ("pending", 360, 1)
        assert order["lines"] == [
            {"product_id": pen["id"], "quantity": 2, "price_cents": 120},
            {"product_id": ink["id"], "quantity": 1, "price_cents": 120},
        ]
        assert (await client.get(response.headers["Location"])).json() == order
        (message,) = recorder.taken
        assert (message.task, message.arguments) == ("orders.confirm", (order["id"],))

    async def test_no_stock_moves(self, client: AsyncClient) -> None:
        product = await add_product(client, stock=1)

        await submit(client, (product, 2))

        assert await stock_of(client, product) == 1

    async def test_unknown_product(self, client: AsyncClient, recorder: Recorder) -> None:
        pen = await add_product(client)
        lines = [{"product_id": pen["id"], "quantity": 1}, {"product_id": 4711, "quantity": 1}]

        response = await client.post(ORDERS, json={"lines": lines})

        assert response.status_code == 422
        assert response.json()["code"] == "unknown_product"
        assert recorder.taken == []

    async def test_a_product_twice(self, client: AsyncClient) -> None:
        pen = await add_product(client)

        response = await client.post(ORDERS, json=order_of((pen, 1), (pen, 2)))

        assert wrong_fields(response) == ["lines"]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("product_id", 0),
            ("product_id", 2**63),
            ("quantity", 0),
            ("quantity", 1001),
            ("quantity", "2"),
            ("quantity", 1.5),
            ("colour", "red"),
        ],
    )
    async def test_invalid(self, client: AsyncClient, field: str, value: object) -> None:
        line = {"product_id": 1, "quantity": 1, field: value}

        assert wrong_fields(await client.post(ORDERS, json={"lines": [line]})) == [field]

    @pytest.mark.parametrize("number", [0, 51])
    async def test_number_of_lines(self, client: AsyncClient, number: int) -> None:
        lines = [{"product_id": each + 1, "quantity": 1} for each in range(number)]

        assert wrong_fields(await client.post(ORDERS, json={"lines": lines})) == ["lines"]


class TestRead:
    async def test_not_modified_while_pending(self, client: AsyncClient, state: State) -> None:
        order = await submit(client, (await add_product(client), 1))
        path, known = f"{ORDERS}/{order['id']}", {"If-None-Match": '"1"'}

        unchanged = await client.get(path, headers=known)
        await settle(state, order)
        changed = await client.get(path, headers=known)

        assert (unchanged.status_code, unchanged.content) == (304, b"")
        assert changed.status_code == 200
        assert changed.headers["ETag"] != unchanged.headers["ETag"] == '"1"'
        assert changed.json()["status"] == "confirmed"

    async def test_the_price_is_that_of_the_submission(self, client: AsyncClient) -> None:
        product = await add_product(client)
        order = await submit(client, (product, 1))
        path = f"/api/v1/products/{product['id']}"

        await client.patch(path, json={"price_cents": 999}, headers={"If-Match": "*"})

        assert await read(client, order) == order

    async def test_not_found(self, client: AsyncClient) -> None:
        response = await client.get(f"{ORDERS}/4711")

        assert response.status_code == 404
        assert response.json()["code"] == "order_not_found"


class TestList:
    async def test_the_newest_first(self, client: AsyncClient) -> None:
        product = await add_product(client)
        first, second, third = [await submit(client, (product, 1)) for _ in range(3)]

        body = (await client.get(f"{ORDERS}?size=2")).json()

        assert [order["id"] for order in body["items"]] == [third["id"], second["id"]]
        assert (body["total"], body["pages"]) == (3, 2)
        last = (await client.get(f"{ORDERS}?size=2&page=2")).json()
        assert [order["id"] for order in last["items"]] == [first["id"]]

    async def test_by_status(self, client: AsyncClient) -> None:
        product = await add_product(client)
        kept, cancelled = [await submit(client, (product, 1)) for _ in range(2)]
        await cancel(client, cancelled)

        body = (await client.get(f"{ORDERS}?status=pending")).json()

        assert [order["id"] for order in body["items"]] == [kept["id"]]
        assert wrong_fields(await client.get(f"{ORDERS}?status=lost")) == ["status"]


class TestCancel:
    async def test_while_pending(self, client: AsyncClient) -> None:
        order = await submit(client, (await add_product(client), 1))

        response = await cancel(client, order)

        assert response.status_code == 200
        assert response.headers["ETag"] == '"2"'
        assert response.json()["status"] == "cancelled"
        assert await read(client, order) == response.json()

    @pytest.mark.parametrize("stock", [0, 1])
    async def test_settled(self, client: AsyncClient, state: State, stock: int) -> None:
        order = await submit(client, (await add_product(client, stock=stock), 1))
        await settle(state, order)
        before = await read(client, order)

        response = await cancel(client, order)

        assert response.status_code == 409
        assert response.json()["code"] == "order_not_pending"
        assert await read(client, order) == before

    async def test_not_found(self, client: AsyncClient) -> None:
        assert (await client.post(f"{ORDERS}/4711/cancel")).status_code == 404


class TestOpenapi:
    @pytest.mark.parametrize(
        ("path", "method", "statuses"),
        [
            ("", "post", {"202", "400", "413", "422"}),
            ("", "get", {"200", "422"}),
            ("/{order_id}", "get", {"200", "404", "422"}),
            ("/{order_id}/cancel", "post", {"200", "404", "409", "422"}),
        ],
    )
    async def test_answers_are_documented(
        self, client: AsyncClient, path: str, method: str, statuses: set[str]
    ) -> None:
        document = (await client.get("/openapi.json")).json()

        assert document["paths"][ORDERS + path][method]["responses"].keys() >= statuses
