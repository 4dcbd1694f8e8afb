"""GET /api/v1/items/{item_id}: from the cache, and never what was changed since."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

import pytest
from httpx2 import AsyncClient

from app.api.cached import VARY
from app.core.errors import UnavailableError
from app.core.lifespan import State
from app.core.redis import open_redis
from app.services.item import ItemService
from tests.support.database import statements
from tests.support.items import ITEMS, create, path_of
from tests.support.relay import relayed

ANY_VERSION: Final = {"If-Match": "*"}


@contextmanager
def reads_of_items(state: State) -> Generator[list[str]]:
    """Collect the queries on items."""
    found: list[str] = []
    with statements(state["database"]) as seen:
        yield found
    found += [each for each in seen if "items" in each]


class TestRead:
    async def test_from_the_cache(self, client: AsyncClient, state: State) -> None:
        item = await create(client)
        first = await client.get(path_of(item))

        with reads_of_items(state) as reads:
            second = await client.get(path_of(item))

        assert reads == []
        assert first.json() == second.json() == item

    async def test_headers(self, client: AsyncClient) -> None:
        item = await create(client)

        for _ in range(2):
            full = await client.get(path_of(item))
            known = await client.get(path_of(item), headers={"If-None-Match": full.headers["ETag"]})

            assert (full.status_code, known.status_code) == (200, 304)
            for name in ("Cache-Control", "ETag", "Vary"):
                assert full.headers[name] == known.headers[name]
            assert full.headers["Cache-Control"] == "private, no-cache"
            assert full.headers["ETag"] == '"1"'
            assert full.headers["X-Request-ID"] != known.headers["X-Request-ID"]

    async def test_is_told_apart_by_who_asks(self, client: AsyncClient) -> None:
        response = await client.get(path_of(await create(client)))

        named = {each.strip() for each in response.headers["Vary"].split(",")}
        assert named.issuperset(VARY)

    async def test_none_is_kept_until_there_is_one(self, client: AsyncClient, state: State) -> None:
        item = await create(client)
        path = f"{ITEMS}/{item['id'] + 1}"
        assert (await client.get(path)).status_code == 404
        with reads_of_items(state) as reads:
            assert (await client.get(path)).status_code == 404
        assert reads == []

        other = await create(client, name="Ink")

        assert path_of(other) == path
        assert (await client.get(path)).status_code == 200


class TestChange:
    async def test_is_read(self, client: AsyncClient) -> None:
        item = await create(client)
        await client.get(path_of(item))

        changed = await client.patch(path_of(item), json={"name": "Ink"}, headers=ANY_VERSION)

        assert (await client.get(path_of(item))).json() == changed.json()

    async def test_is_removed(self, client: AsyncClient) -> None:
        item = await create(client)
        await client.get(path_of(item))

        await client.delete(path_of(item), headers=ANY_VERSION)

        assert (await client.get(path_of(item))).status_code == 404

    async def test_is_rolled_back(
        self, client: AsyncClient, state: State, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What is kept still holds."""
        item = await create(client)
        await client.get(path_of(item))
        await create(client, name="Ink")

        taken = await client.patch(path_of(item), json={"name": "Ink"}, headers=ANY_VERSION)

        with reads_of_items(state) as reads:
            assert (await client.get(path_of(item))).json() == item
        assert taken.status_code == 409
        assert reads == []

    async def test_is_forgotten_where_nobody_knows_how_it_ended(
        self, client: AsyncClient, state: State, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        item = await create(client)
        await client.get(path_of(item))

        async def lose(*_: object) -> None:
            raise UnavailableError("The database does not answer.")

        monkeypatch.setattr(ItemService, "update", lose)
        await client.patch(path_of(item), json={"name": "Ink"}, headers=ANY_VERSION)

        with reads_of_items(state) as reads:
            await client.get(path_of(item))
        assert reads


class TestAway:
    async def test_is_read_from_the_database(self, client: AsyncClient, state: State) -> None:
        async with (
            relayed(state["settings"].redis) as relay,
            open_redis(relay.settings) as redis,
        ):
            state["redis"] = redis
            item = await create(client)
            relay.hang_up()
            relay.silent()

            read = [await client.get(path_of(item)) for _ in range(3)]
            changed = await client.patch(path_of(item), json={"name": "Ink"}, headers=ANY_VERSION)
            again = await client.get(path_of(item))
            relay.speaks.set()

        assert {each.status_code for each in read} == {200}
        assert again.json() == changed.json()
