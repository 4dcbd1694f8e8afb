"""app.tasks.order: orders are settled once, completely or not at all."""

import pytest
from httpx2 import AsyncClient

from app.core.lifespan import State
from app.tasks import order as order_tasks
from app.tasks.order import confirm_order, expire_orders
from app.tasks.runtime import perform
from tests.support.log import captured_log
from tests.support.orders import (
    Recorder,
    add_product,
    cancel,
    read,
    settle,
    stock_of,
    submit,
)

pytestmark = pytest.mark.usefixtures("recorder")


class TestConfirm:
    async def test_enough(self, client: AsyncClient, state: State) -> None:
        pen, ink = await add_product(client), await add_product(client, "Ink")
        order = await submit(client, (pen, 20), (ink, 1))

        await settle(state, order)

        assert (await read(client, order))["status"] == "confirmed"
        assert [await stock_of(client, each) for each in (pen, ink)] == [0, 19]

    async def test_too_little_of_the_last(self, client: AsyncClient, state: State) -> None:
        pen, ink = await add_product(client), await add_product(client, "Ink", stock=1)
        order = await submit(client, (pen, 1), (ink, 2))

        await settle(state, order)

        assert (await read(client, order))["status"] == "failed"
        assert [await stock_of(client, each) for each in (pen, ink)] == [20, 1]

    async def test_cancelled_meanwhile(self, client: AsyncClient, state: State) -> None:
        product = await add_product(client)
        order = await submit(client, (product, 1))
        await cancel(client, order)

        await settle(state, order)

        assert (await read(client, order))["status"] == "cancelled"
        assert await stock_of(client, product) == 20


class TestDeliveredTwice:
    @pytest.mark.parametrize(("stock", "status"), [(20, "confirmed"), (0, "failed")])
    async def test_handed_in_twice(
        self, client: AsyncClient, state: State, stock: int, status: str
    ) -> None:
        product = await add_product(client, stock=stock)
        order = await submit(client, (product, 1))
        await settle(state, order)
        settled = await read(client, order)

        with captured_log(order_tasks) as lines:
            await settle(state, order)

        assert [line["event"] for line in lines] == ["order was settled before"]
        assert settled["status"] == status
        assert await read(client, order) == settled
        assert await stock_of(client, product) == max(stock - 1, 0)

    async def test_the_same_message(
        self, client: AsyncClient, state: State, recorder: Recorder
    ) -> None:
        product = await add_product(client)
        await submit(client, (product, 1))
        (message,) = recorder.taken

        for _ in range(2):
            await perform(state, confirm_order, message)

        assert await stock_of(client, product) == 19


class TestExpire:
    async def test_only_what_is_old(self, client: AsyncClient, state: State) -> None:
        order = await submit(client, (await add_product(client), 1))

        await perform(state, expire_orders, expire_orders.call())

        assert await read(client, order) == order

    async def test_old(
        self, client: AsyncClient, state: State, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        product = await add_product(client)
        order = await submit(client, (product, 1))
        later = order_tasks.utc_now() + state["settings"].orders.pending_ttl
        monkeypatch.setattr(order_tasks, "utc_now", lambda: later)

        with captured_log(order_tasks) as lines:
            await perform(state, expire_orders, expire_orders.call())
        await settle(state, order)

        assert (lines[0]["event"], lines[0]["number"]) == ("orders expired", 1)
        assert (await read(client, order))["status"] == "expired"
        assert await stock_of(client, product) == 20
