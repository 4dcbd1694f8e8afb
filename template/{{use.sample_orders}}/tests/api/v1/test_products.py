"""/api/v1/products."""

import pytest
from httpx2 import AsyncClient

from tests.support.orders import PRODUCTS, add_product, wrong_fields


class TestCreate:
    async def test_created(self, client: AsyncClient) -> None:
        body = {"name": " Pen ", "price_cents": 120, "stock": 20}

        response = await client.post(PRODUCTS, json=body)

        product = response.json()
        assert response.status_code == 201
        assert response.headers["Location"] == f"{PRODUCTS}/{product['id']}"
        assert response.headers["ETag"] == '"1"'
        assert (product["name"], product["price_cents"], product["stock"]) == ("Pen", 120, 20)
        assert (await client.get(response.headers["Location"])).json() == product

    async def test_name_taken(self, client: AsyncClient) -> None:
        await add_product(client)

        response = await client.post(PRODUCTS, json={"name": "Pen", "price_cents": 1, "stock": 1})

        assert response.status_code == 409
        assert response.json()["code"] == "product_name_taken"

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", ""),
            ("name", "x" * 101),
            ("name", "\0"),
            ("price_cents", -1),
            ("price_cents", "12"),
            ("stock", -1),
            ("stock", 1_000_001),
            ("stock", True),
            ("colour", "red"),
        ],
    )
    async def test_invalid(self, client: AsyncClient, field: str, value: object) -> None:
        body = {"name": "Pen", "price_cents": 120, "stock": 20, field: value}

        assert wrong_fields(await client.post(PRODUCTS, json=body)) == [field]


class TestRead:
    async def test_not_modified(self, client: AsyncClient) -> None:
        product = await add_product(client)
        path = f"{PRODUCTS}/{product['id']}"

        response = await client.get(path, headers={"If-None-Match": '"1"'})

        assert response.status_code == 304
        assert response.headers["ETag"] == '"1"'
        assert response.content == b""

    async def test_not_found(self, client: AsyncClient) -> None:
        response = await client.get(f"{PRODUCTS}/4711")

        assert response.status_code == 404
        assert response.json()["code"] == "product_not_found"


class TestList:
    async def test_pages(self, client: AsyncClient) -> None:
        for name in ("Pen", "Ink", "Pad"):
            await add_product(client, name)

        body = (await client.get(f"{PRODUCTS}?sort=name&size=2")).json()

        assert [product["name"] for product in body.pop("items")] == ["Ink", "Pad"]
        assert body == {"total": 3, "page": 1, "size": 2, "pages": 2}

    async def test_unknown_sort(self, client: AsyncClient) -> None:
        assert wrong_fields(await client.get(f"{PRODUCTS}?sort=stock")) == ["sort"]


class TestUpdate:
    async def test_more_stock(self, client: AsyncClient) -> None:
        product = await add_product(client)
        path = f"{PRODUCTS}/{product['id']}"

        response = await client.patch(path, json={"stock": 50}, headers={"If-Match": '"1"'})

        changed = response.json()
        assert response.status_code == 200
        assert response.headers["ETag"] == '"2"'
        assert (changed["name"], changed["stock"], changed["version"]) == ("Pen", 50, 2)
        assert changed["updated_at"] > product["updated_at"]
        assert (await client.get(path)).json() == changed

    async def test_no_change_is_no_new_version(self, client: AsyncClient) -> None:
        product = await add_product(client)
        path = f"{PRODUCTS}/{product['id']}"

        response = await client.patch(path, json={"stock": 20}, headers={"If-Match": "*"})

        assert response.json() == product

    async def test_name_taken(self, client: AsyncClient) -> None:
        await add_product(client, "Ink")
        product = await add_product(client)
        path = f"{PRODUCTS}/{product['id']}"

        response = await client.patch(path, json={"name": "Ink"}, headers={"If-Match": "*"})

        assert response.status_code == 409
        assert response.json()["code"] == "product_name_taken"

    @pytest.mark.parametrize(("tag", "status"), [(None, 428), ('"7"', 412)])
    async def test_unknown_version(self, client: AsyncClient, tag: str | None, status: int) -> None:
        product = await add_product(client)
        path = f"{PRODUCTS}/{product['id']}"
        headers = {"If-Match": tag} if tag else {}

        response = await client.patch(path, json={"stock": 50}, headers=headers)

        assert response.status_code == status
        assert (await client.get(path)).json() == product

    async def test_not_found(self, client: AsyncClient) -> None:
        response = await client.patch(f"{PRODUCTS}/4711", json={}, headers={"If-Match": "*"})

        assert response.status_code == 404
