"""app.tasks.idempotency_key: answers are kept for as long as was promised."""

from datetime import timedelta

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from app.tasks import idempotency_key
from app.tasks.idempotency_key import purge_idempotency_keys
from app.tasks.runtime import perform
from tests.support.orders import ORDERS, add_product, order_of

KEY = {"Idempotency-Key": "3fa1"}


@pytest.mark.usefixtures("recorder")
@pytest.mark.parametrize(("hours", "same"), [(23, True), (25, False)])
async def test_purge(
    client: AsyncClient, state: State, monkeypatch: pytest.MonkeyPatch, hours: int, *, same: bool
) -> None:
    body = order_of((await add_product(client), 1))
    first = await client.post(ORDERS, json=body, headers=KEY)
    later = idempotency_key.utc_now() + timedelta(hours=hours)
    monkeypatch.setattr(idempotency_key, "utc_now", lambda: later)

    await perform(state, purge_idempotency_keys, purge_idempotency_keys.call())

    second = await client.post(ORDERS, json=body, headers=KEY)
    assert (second.json()["id"] == first.json()["id"]) is same
