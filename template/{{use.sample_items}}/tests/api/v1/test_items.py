"""/api/v1/items: one item at a time."""

from datetime import datetime, timedelta

import pytest
from httpx2 import AsyncClient

from tests.support.items import ITEMS, create, path_of, wrong_fields

NO_SUCH_ITEM = f"{ITEMS}/4711"


class TestCreate:
    async def test_created(self, client: AsyncClient) -> None:
        response = await client.post(ITEMS, json={"name": "Pen", "price_cents": 120})

        item = response.json()
        assert response.status_code == 201
        assert response.headers["Location"] == path_of(item)
        assert response.headers["ETag"] == '"1"'
        assert (item["name"], item["description"], item["price_cents"]) == ("Pen", None, 120)
        assert item["version"] == 1
        assert (await client.get(response.headers["Location"])).json() == item

    async def test_times_are_in_utc(self, client: AsyncClient) -> None:
        item = await create(client)

        created_at = datetime.fromisoformat(item["created_at"])
        assert created_at.utcoffset() == timedelta(0)
        assert abs(datetime.now(created_at.tzinfo) - created_at) < timedelta(minutes=1)

    async def test_name_is_trimmed(self, client: AsyncClient) -> None:
        assert (await create(client, name="  Pen \n"))["name"] == "Pen"

    async def test_name_taken(self, client: AsyncClient) -> None:
        await create(client, name="Pen")

        response = await client.post(ITEMS, json={"name": "Pen", "price_cents": 1})

        assert response.status_code == 409
        assert response.json()["code"] == "item_name_taken"

    @pytest.mark.parametrize(
        "body",
        [
            {"name": "x" * 100, "price_cents": 0},
            {"name": "Ä%_\\'\"\u200b🖊", "price_cents": 2_000_000_000},
            {"name": "x", "price_cents": 1, "description": "x" * 1000},
        ],
    )
    async def test_limits(self, client: AsyncClient, body: dict[str, object]) -> None:
        response = await client.post(ITEMS, json=body)

        assert response.status_code == 201
        assert body.items() <= response.json().items()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", None),
            ("name", ""),
            ("name", "   "),
            ("name", "x" * 101),
            ("name", "P\0n"),
            ("name", 7),
            ("description", "x" * 1001),
            ("description", "\0"),
            ("price_cents", None),
            ("price_cents", -1),
            ("price_cents", 2_000_000_001),
            ("price_cents", 1.5),
            ("price_cents", True),
            ("price_cents", "12"),
            ("price_cents", "dear"),
            ("colour", "red"),
        ],
    )
    async def test_invalid(self, client: AsyncClient, field: str, value: object) -> None:
        body = {"name": "Pen", "price_cents": 120, field: value}

        assert wrong_fields(await client.post(ITEMS, json=body)) == [field]

    async def test_missing_fields(self, client: AsyncClient) -> None:
        assert wrong_fields(await client.post(ITEMS, json={})) == ["name", "price_cents"]


class TestRead:
    async def test_found(self, client: AsyncClient) -> None:
        item = await create(client)

        response = await client.get(path_of(item))

        assert response.status_code == 200
        assert response.headers["ETag"] == '"1"'
        assert response.json() == item

    @pytest.mark.parametrize("tag", ['"1"', 'W/"1"', '"0", "1"', "*"])
    async def test_not_modified(self, client: AsyncClient, tag: str) -> None:
        item = await create(client)

        response = await client.get(path_of(item), headers={"If-None-Match": tag})

        assert response.status_code == 304
        assert response.headers["ETag"] == '"1"'
        assert response.content == b""

    async def test_modified(self, client: AsyncClient) -> None:
        item = await create(client)

        response = await client.get(path_of(item), headers={"If-None-Match": '"0"'})

        assert response.status_code == 200

    @pytest.mark.parametrize("item_id", [4711, 2**63 - 1])
    async def test_not_found(self, client: AsyncClient, item_id: int) -> None:
        response = await client.get(f"{ITEMS}/{item_id}")

        assert response.status_code == 404
        assert response.json()["code"] == "item_not_found"

    @pytest.mark.parametrize("item_id", ["0", "-1", "pen", str(2**63)])
    async def test_no_id(self, client: AsyncClient, item_id: str) -> None:
        assert wrong_fields(await client.get(f"{ITEMS}/{item_id}")) == ["item_id"]


class TestUpdate:
    async def test_changed(self, client: AsyncClient) -> None:
        item = await create(client, description="Blue")

        response = await client.patch(
            path_of(item), json={"price_cents": 99}, headers={"If-Match": '"1"'}
        )

        changed = response.json()
        assert response.status_code == 200
        assert response.headers["ETag"] == '"2"'
        assert changed["version"] == 2
        assert (changed["name"], changed["description"], changed["price_cents"]) == (
            "Pen",
            "Blue",
            99,
        )
        assert changed["created_at"] == item["created_at"]
        assert changed["updated_at"] > item["updated_at"]
        assert (await client.get(path_of(item))).json() == changed

    async def test_description_is_removed(self, client: AsyncClient) -> None:
        item = await create(client, description="Blue")

        response = await client.patch(
            path_of(item), json={"description": None}, headers={"If-Match": '"1"'}
        )

        assert response.status_code == 200
        assert response.json()["description"] is None

    @pytest.mark.parametrize("body", [{}, {"name": "Pen"}])
    async def test_no_change_is_no_new_version(
        self, client: AsyncClient, body: dict[str, object]
    ) -> None:
        item = await create(client)

        response = await client.patch(path_of(item), json=body, headers={"If-Match": '"1"'})

        assert response.status_code == 200
        assert response.json() == item

    @pytest.mark.parametrize("tag", ["*", 'W/"1"', '"0", "1"'])
    async def test_match(self, client: AsyncClient, tag: str) -> None:
        item = await create(client)

        response = await client.patch(
            path_of(item), json={"name": "Ink"}, headers={"If-Match": tag}
        )

        assert response.status_code == 200
        assert response.json()["name"] == "Ink"

    async def test_version_not_given(self, client: AsyncClient) -> None:
        item = await create(client)

        response = await client.patch(path_of(item), json={"name": "Ink"})

        assert response.status_code == 428
        assert response.json()["code"] == "if_match_required"
        assert (await client.get(path_of(item))).json() == item

    async def test_stale(self, client: AsyncClient) -> None:
        item = await create(client)
        await client.patch(path_of(item), json={"name": "Ink"}, headers={"If-Match": '"1"'})

        response = await client.patch(
            path_of(item), json={"name": "Nib"}, headers={"If-Match": '"1"'}
        )

        assert response.status_code == 412
        assert response.json()["code"] == "stale_version"
        assert (await client.get(path_of(item))).json()["name"] == "Ink"

    async def test_name_taken(self, client: AsyncClient) -> None:
        await create(client, name="Ink")
        item = await create(client, name="Pen")

        response = await client.patch(
            path_of(item), json={"name": "Ink"}, headers={"If-Match": '"1"'}
        )

        assert response.status_code == 409
        assert response.json()["code"] == "item_name_taken"

    @pytest.mark.parametrize(
        ("field", "value"),
        [("name", None), ("name", ""), ("price_cents", None), ("price_cents", -1), ("id", 7)],
    )
    async def test_invalid(self, client: AsyncClient, field: str, value: object) -> None:
        item = await create(client)

        response = await client.patch(
            path_of(item), json={field: value}, headers={"If-Match": '"1"'}
        )

        assert wrong_fields(response) == [field]

    async def test_not_found(self, client: AsyncClient) -> None:
        response = await client.patch(NO_SUCH_ITEM, json={}, headers={"If-Match": "*"})

        assert response.status_code == 404


class TestDelete:
    @pytest.mark.parametrize("tag", ['"1"', "*", 'W/"1"'])
    async def test_deleted(self, client: AsyncClient, tag: str) -> None:
        item = await create(client)

        response = await client.delete(path_of(item), headers={"If-Match": tag})

        assert response.status_code == 204
        assert response.content == b""
        assert (await client.get(path_of(item))).status_code == 404

    async def test_version_not_given(self, client: AsyncClient) -> None:
        item = await create(client)

        assert (await client.delete(path_of(item))).status_code == 428
        assert (await client.get(path_of(item))).status_code == 200

    async def test_stale(self, client: AsyncClient) -> None:
        item = await create(client)

        response = await client.delete(path_of(item), headers={"If-Match": '"2"'})

        assert response.status_code == 412
        assert (await client.get(path_of(item))).status_code == 200

    async def test_not_found(self, client: AsyncClient) -> None:
        response = await client.delete(NO_SUCH_ITEM, headers={"If-Match": "*"})

        assert response.status_code == 404


class TestMethods:
    async def test_wrong(self, client: AsyncClient) -> None:
        assert (await client.put(ITEMS)).headers["Allow"] == "GET, POST"
        assert (await client.put(NO_SUCH_ITEM)).headers["Allow"] == "DELETE, GET, PATCH"


class TestOpenapi:
    @pytest.mark.parametrize(
        ("path", "method", "statuses"),
        [
            ("", "post", {"400", "409", "413", "422"}),
            ("", "get", {"422"}),
            ("/{item_id}", "get", {"404", "422"}),
            ("/{item_id}", "patch", {"400", "404", "409", "412", "413", "422", "428"}),
            ("/{item_id}", "delete", {"404", "412", "422", "428"}),
        ],
    )
    async def test_errors_are_documented(
        self, client: AsyncClient, path: str, method: str, statuses: set[str]
    ) -> None:
        document = (await client.get("/openapi.json")).json()

        responses = document["paths"][ITEMS + path][method]["responses"]
        errors = {status: each for status, each in responses.items() if status >= "400"}
        assert errors.keys() >= statuses
        for error in errors.values():
            assert error["content"].keys() == {"application/problem+json"}
