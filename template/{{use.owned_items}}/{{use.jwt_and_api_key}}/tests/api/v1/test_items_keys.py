"""/api/v1/items: a key owns nothing, its user does."""

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from app.schemas.accounts.role import Role
from app.schemas.permissions.items import ItemPermission
from tests.support.items import ITEMS
from tests.support.keys import ask, store
from tests.support.users import signed_in

PEN = {"name": "Pen", "price_cents": 120}


class TestKey:
    async def test_adds_for_its_user(self, client: AsyncClient, state: State) -> None:
        user, bearer = await signed_in(state)
        key, _ = await store(state, str(user.id), scopes=ItemPermission.WRITE)

        added = await ask(client, key.reveal(), ITEMS, "POST", PEN)

        assert added.json()["owner_id"] == user.id
        assert (await client.get(added.headers["Location"], auth=bearer)).json() == added.json()

    async def test_sees_what_its_user_sees(self, client: AsyncClient, state: State) -> None:
        user, bearer = await signed_in(state)
        key, _ = await store(state, str(user.id))
        mine = (await client.post(ITEMS, json=PEN, auth=bearer)).json()
        others = (await client.post(ITEMS, json=PEN)).json()

        listed = (await ask(client, key.reveal(), ITEMS)).json()

        assert listed["items"] == [mine]
        assert (await ask(client, key.reveal(), f"{ITEMS}/{others['id']}")).status_code == 404

    @pytest.mark.parametrize("scopes", ["", ItemPermission.ALL])
    async def test_without_the_scope_it_reads(
        self, client: AsyncClient, state: State, scopes: str
    ) -> None:
        user, bearer = await signed_in(state, Role.ADMIN)
        key, _ = await store(state, str(user.id), scopes=scopes)
        mine = await client.post(ITEMS, json=PEN, auth=bearer)

        assert (await ask(client, key.reveal(), mine.headers["Location"])).json() == mine.json()
        assert (await ask(client, key.reveal(), ITEMS, "POST", PEN)).status_code == 403

    @pytest.mark.parametrize(("scopes", "number"), [("", 1), (ItemPermission.ALL, 2)])
    async def test_of_an_administrator(
        self, client: AsyncClient, state: State, scopes: str, number: int
    ) -> None:
        user, bearer = await signed_in(state, Role.ADMIN)
        key, _ = await store(state, str(user.id), scopes=scopes)
        await client.post(ITEMS, json=PEN, auth=bearer)
        await client.post(ITEMS, json=PEN)

        assert (await ask(client, key.reveal(), ITEMS)).json()["total"] == number

    async def test_of_a_user_who_may_not_see_all(self, client: AsyncClient, state: State) -> None:
        user, _ = await signed_in(state)
        key, _ = await store(state, str(user.id), scopes=ItemPermission.ALL)
        await client.post(ITEMS, json=PEN)

        assert (await ask(client, key.reveal(), ITEMS)).json()["total"] == 0
