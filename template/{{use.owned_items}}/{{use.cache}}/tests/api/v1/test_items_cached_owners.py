"""GET /api/v1/items/{item_id}: what one has read is not shown to another."""

from collections.abc import Mapping

import pytest
from httpx2 import AsyncClient, Auth

from app.core.lifespan import State
from app.schemas.accounts.role import Role
from tests.support.auth import ANONYMOUS
from tests.support.items import ITEMS
from tests.support.users import signed_in

People = Mapping[str, Auth]


@pytest.fixture
async def people(state: State) -> People:
    """Everybody who may ask."""
    _, owner = await signed_in(state)
    _, other = await signed_in(state)
    _, administrator = await signed_in(state, Role.ADMIN)
    return {"owner": owner, "other": other, "administrator": administrator, "nobody": ANONYMOUS}


@pytest.fixture
async def path(client: AsyncClient, people: People) -> str:
    """Where the owner's item is."""
    body = {"name": "Pen", "price_cents": 120}
    added = await client.post(ITEMS, json=body, auth=people["owner"])
    return added.headers["Location"]


class TestWarm:
    async def test_who_reads_it(self, client: AsyncClient, people: People, path: str) -> None:
        """OWASP API1:2023."""
        for _ in range(2):
            statuses = {
                who: (await client.get(path, auth=auth)).status_code for who, auth in people.items()
            }

            assert statuses == {"owner": 200, "other": 404, "administrator": 200, "nobody": 401}

    async def test_who_finds_nothing_spoils_nothing(
        self, client: AsyncClient, people: People, path: str
    ) -> None:
        """That it is not there for somebody is not kept."""
        assert (await client.get(path, auth=people["other"])).status_code == 404
        assert (await client.get(path, auth=people["owner"])).status_code == 200

    async def test_not_even_its_version(
        self, client: AsyncClient, people: People, path: str
    ) -> None:
        known = {"If-None-Match": (await client.get(path, auth=people["owner"])).headers["ETag"]}

        response = await client.get(path, headers=known, auth=people["other"])

        assert response.status_code == 404
        assert "ETag" not in response.headers
