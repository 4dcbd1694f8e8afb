"""/api/v1/items: whose an item is, and who may do what with it."""

from collections.abc import Mapping
from typing import Final

import pytest
from httpx2 import AsyncClient, Auth, Response

from app.core.database.session import transaction
from app.core.lifespan import State
from app.repositories.item import ItemRepository
from app.schemas.accounts.role import PERMISSIONS, Role
from app.schemas.permissions.items import ItemPermission
from tests.support.auth import ANONYMOUS
from tests.support.items import ITEMS, ItemBody, path_of
from tests.support.users import signed_in

People = Mapping[str, Auth]

# to add one, to list, to read, to change and to remove
MATRIX: Final[Mapping[str, tuple[int, ...]]] = {
    "owner": (201, 200, 200, 200, 204),
    "owner who only reads": (403, 200, 200, 403, 403),
    "somebody else": (201, 200, 404, 404, 404),
    "administrator": (201, 200, 200, 200, 204),
    "nobody": (401, 401, 401, 401, 401),
}
"""Who may do what with somebody's item (OWASP API1:2023 and API5:2023)."""


@pytest.fixture
async def people(state: State) -> People:
    """Everybody of the matrix."""
    _, owner = await signed_in(state)
    _, other = await signed_in(state)
    _, administrator = await signed_in(state, Role.ADMIN)
    return {
        "owner": owner,
        "owner who only reads": owner,
        "somebody else": other,
        "administrator": administrator,
        "nobody": ANONYMOUS,
    }


@pytest.fixture
async def item(client: AsyncClient, people: People) -> ItemBody:
    """What belongs to the owner."""
    return (await add(client, people["owner"])).json()


async def add(client: AsyncClient, auth: Auth, name: str = "Pen") -> Response:
    """Store an item of somebody's, or try to."""
    return await client.post(ITEMS, json={"name": name, "price_cents": 120}, auth=auth)


async def statuses(client: AsyncClient, item: ItemBody, auth: Auth) -> tuple[int, ...]:
    """Do everything that can be done with an item, as somebody."""
    answers = (
        await add(client, auth, name="Ink"),
        await client.get(ITEMS, auth=auth),
        await client.get(path_of(item), auth=auth),
        await client.patch(path_of(item), json={}, headers={"If-Match": "*"}, auth=auth),
        await client.delete(path_of(item), headers={"If-Match": "*"}, auth=auth),
    )
    return tuple(answer.status_code for answer in answers)


async def seen(client: AsyncClient, auth: Auth, query: str = "") -> list[int]:
    """List what somebody sees, and see that no more than that is counted."""
    page = (await client.get(f"{ITEMS}?{query}", auth=auth)).json()
    assert page["total"] == len(page["items"])
    return [each["id"] for each in page["items"]]


def told(response: Response) -> tuple[int, object]:
    """Say what an answer tells, but for the number of the request."""
    return response.status_code, {**response.json(), "request_id": ""}


class TestWhoMayWhat:
    @pytest.mark.parametrize("who", MATRIX)
    async def test_each(
        self,
        client: AsyncClient,
        monkeypatch: pytest.MonkeyPatch,
        people: People,
        item: ItemBody,
        who: str,
    ) -> None:
        if who == "owner who only reads":
            reads = PERMISSIONS[Role.USER] - {ItemPermission.WRITE}
            monkeypatch.setitem(PERMISSIONS, Role.USER, reads)

        assert await statuses(client, item, people[who]) == MATRIX[who]


class TestOtherwiseOwned:
    """What the 404 hides, nothing else tells."""

    @pytest.mark.parametrize("tag", [None, '"1"', '"7"', "*"])
    @pytest.mark.parametrize("method", ["PATCH", "DELETE"])
    async def test_as_if_it_were_not_there(
        self, client: AsyncClient, people: People, item: ItemBody, method: str, tag: str | None
    ) -> None:
        known = {"If-Match": tag} if tag else {}
        body = {"name": "Ink"} if method == "PATCH" else None
        other, paths = people["somebody else"], (path_of(item), f"{ITEMS}/4711")

        answers = [
            told(await client.request(method, path, json=body, headers=known, auth=other))
            for path in paths
        ]

        assert answers[0] == answers[1]
        assert (await client.get(path_of(item), auth=people["owner"])).json() == item

    async def test_not_even_its_version(
        self, client: AsyncClient, people: People, item: ItemBody
    ) -> None:
        response = await client.get(
            path_of(item), headers={"If-None-Match": '"1"'}, auth=people["somebody else"]
        )

        assert (response.status_code, response.json()["code"]) == (404, "item_not_found")
        assert "ETag" not in response.headers

    @pytest.mark.parametrize("query", ["", "name=Pen", "price_min=120", "sort=-name", "page=1"])
    async def test_not_in_lists(
        self, client: AsyncClient, people: People, item: ItemBody, query: str
    ) -> None:
        own = (await add(client, people["somebody else"], name="Pencil")).json()

        assert await seen(client, people["somebody else"], query) == [own["id"]]
        assert await seen(client, people["owner"], query) == [item["id"]]

    async def test_its_name_is_not_taken(
        self, client: AsyncClient, people: People, item: ItemBody
    ) -> None:
        other = people["somebody else"]
        added = await add(client, other, item["name"])
        again = await add(client, other, item["name"])
        changed = await client.patch(
            path_of((await add(client, other, "Ink")).json()),
            json={"name": item["name"]},
            headers={"If-Match": "*"},
            auth=other,
        )

        assert added.status_code == 201
        assert [each.json()["code"] for each in (again, changed)] == ["item_name_taken"] * 2


class TestAdministrator:
    async def test_sees_whose_it_is(
        self, client: AsyncClient, people: People, item: ItemBody
    ) -> None:
        own = (await add(client, people["administrator"], item["name"])).json()

        page = (await client.get(ITEMS, auth=people["administrator"])).json()

        assert page["items"] == [item, own]
        assert len({each["owner_id"] for each in page["items"]}) == 2

    async def test_changes_for_the_owner(
        self, client: AsyncClient, people: People, item: ItemBody
    ) -> None:
        response = await client.patch(
            path_of(item),
            json={"name": "Ink"},
            headers={"If-Match": '"1"'},
            auth=people["administrator"],
        )

        read = await client.get(path_of(item), auth=people["owner"])
        assert response.status_code == read.status_code == 200
        assert read.json() == response.json()

    async def test_meets_the_names_of_the_owner(
        self, client: AsyncClient, people: People, item: ItemBody
    ) -> None:
        await add(client, people["owner"], name="Ink")

        response = await client.patch(
            path_of(item),
            json={"name": "Ink"},
            headers={"If-Match": '"1"'},
            auth=people["administrator"],
        )

        assert response.json()["code"] == "item_name_taken"


class TestNobodys:
    """What was there before there were users."""

    async def test_for_administrators(
        self, client: AsyncClient, state: State, people: People
    ) -> None:
        async with transaction(state["database"]) as session:
            values = {"name": "Pen", "price_cents": 120}
            left = (await ItemRepository(session).add(values)).id
        path = f"{ITEMS}/{left}"

        assert (await client.get(path, auth=people["owner"])).status_code == 404
        assert await seen(client, people["owner"]) == []
        assert await seen(client, people["administrator"]) == [left]
        assert (await client.get(path, auth=people["administrator"])).json()["owner_id"] is None


class TestOwner:
    async def test_cannot_be_chosen(self, client: AsyncClient, people: People) -> None:
        """OWASP API3:2023."""
        body = {"name": "Pen", "price_cents": 120, "owner_id": 1}

        response = await client.post(ITEMS, json=body, auth=people["owner"])

        assert response.status_code == 422
        assert response.json()["errors"][0]["location"] == ["body", "owner_id"]
