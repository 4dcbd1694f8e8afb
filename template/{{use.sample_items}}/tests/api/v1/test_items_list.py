"""/api/v1/items: pages, order and filters."""

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from tests.support.database import statements
from tests.support.items import ITEMS, create, wrong_fields

# in the order in which they are stored; two pairs cost the same
PRICES = {"Pen": 300, "Ink": 100, "Nib": 200, "Pad": 100, "Cap": 300}


@pytest.fixture
async def listed(client: AsyncClient) -> AsyncClient:
    """A client of a service with five items."""
    for name, price_cents in PRICES.items():
        await create(client, name, price_cents)
    return client


async def names(client: AsyncClient, query: str) -> list[str]:
    """Name the items of a page, in order."""
    response = await client.get(f"{ITEMS}?{query}")
    assert response.status_code == 200
    return [item["name"] for item in response.json()["items"]]


class TestPages:
    async def test_empty(self, client: AsyncClient) -> None:
        response = await client.get(ITEMS)

        assert response.status_code == 200
        assert response.json() == {"items": [], "total": 0, "page": 1, "size": 20, "pages": 0}

    async def test_same_as_read_alone(self, client: AsyncClient) -> None:
        item = await create(client)

        assert (await client.get(ITEMS)).json()["items"] == [item]

    async def test_last_page_is_shorter(self, listed: AsyncClient) -> None:
        body = (await listed.get(f"{ITEMS}?page=3&size=2")).json()

        assert [item["name"] for item in body.pop("items")] == ["Cap"]
        assert body == {"total": 5, "page": 3, "size": 2, "pages": 3}

    async def test_beyond_the_end(self, listed: AsyncClient) -> None:
        body = (await listed.get(f"{ITEMS}?page=4&size=2")).json()

        assert body == {"items": [], "total": 5, "page": 4, "size": 2, "pages": 3}

    @pytest.mark.parametrize("sort", ["price_cents", "-price_cents"])
    async def test_each_is_on_one_page(self, listed: AsyncClient, sort: str) -> None:
        found: list[str] = []
        for page in range(1, 4):
            found += await names(listed, f"sort={sort}&size=2&page={page}")

        assert sorted(found) == sorted(PRICES)

    async def test_an_insert_between_two_pages(self, listed: AsyncClient) -> None:
        first = await names(listed, "size=3")
        await create(listed, name="Bag")
        second = await names(listed, "size=3&page=2")

        assert first + second == [*PRICES, "Bag"]

    @pytest.mark.parametrize("query", ["size=1", "size=100", "page=1000000"])
    async def test_limits(self, client: AsyncClient, query: str) -> None:
        assert (await client.get(f"{ITEMS}?{query}")).status_code == 200

    @pytest.mark.parametrize(
        ("field", "value"),
        [("size", "0"), ("size", "101"), ("size", "x"), ("page", "0"), ("page", "1000001")],
    )
    async def test_invalid(self, client: AsyncClient, field: str, value: str) -> None:
        assert wrong_fields(await client.get(f"{ITEMS}?{field}={value}")) == [field]


class TestQueries:
    async def test_no_more_for_many_than_for_one(self, listed: AsyncClient, state: State) -> None:
        with statements(state["database"]) as for_one:
            await names(listed, "size=1")
        with statements(state["database"]) as for_many:
            await names(listed, "size=5")

        assert len(for_many) == len(for_one) > 0


class TestSort:
    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("id", ["Pen", "Ink", "Nib", "Pad", "Cap"]),
            ("created_at", ["Pen", "Ink", "Nib", "Pad", "Cap"]),
            ("name", ["Cap", "Ink", "Nib", "Pad", "Pen"]),
            ("price_cents", ["Ink", "Pad", "Nib", "Pen", "Cap"]),
        ],
    )
    async def test_both_ways(self, listed: AsyncClient, sort: str, expected: list[str]) -> None:
        assert await names(listed, f"sort={sort}") == expected
        assert await names(listed, f"sort=-{sort}") == expected[::-1]

    async def test_by_id_unless_said_otherwise(self, listed: AsyncClient) -> None:
        assert await names(listed, "") == list(PRICES)

    @pytest.mark.parametrize("sort", ["description", "--id", "", "id,name", "id;DROP TABLE items"])
    async def test_undeclared(self, client: AsyncClient, sort: str) -> None:
        assert wrong_fields(await client.get(ITEMS, params={"sort": sort})) == ["sort"]


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("name=n", ["Pen", "Ink", "Nib"]),
            ("name=N", ["Pen", "Ink", "Nib"]),
            ("name=pad", ["Pad"]),
            ("name=x", []),
            ("price_min=200", ["Pen", "Nib", "Cap"]),
            ("price_max=200", ["Ink", "Nib", "Pad"]),
            ("price_min=101&price_max=299", ["Nib"]),
            ("name=p&price_max=100", ["Pad"]),
        ],
    )
    async def test_each(self, listed: AsyncClient, query: str, expected: list[str]) -> None:
        assert await names(listed, query) == expected

    async def test_only_matches_are_counted(self, listed: AsyncClient) -> None:
        body = (await listed.get(f"{ITEMS}?name=n&size=2")).json()

        assert (body["total"], body["pages"]) == (3, 2)

    @pytest.mark.parametrize("part", ["%", "_", "\\", "100%", "'"])
    async def test_no_character_is_special(self, listed: AsyncClient, part: str) -> None:
        await create(listed, name=f"a {part} b")

        response = await listed.get(ITEMS, params={"name": part})

        assert [item["name"] for item in response.json()["items"]] == [f"a {part} b"]

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("name", "x" * 101),
            ("name", "\0"),
            ("price_min", "-1"),
            ("price_max", str(2**63)),
            ("colour", "red"),
        ],
    )
    async def test_invalid(self, client: AsyncClient, field: str, value: str) -> None:
        assert wrong_fields(await client.get(ITEMS, params={field: value})) == [field]
