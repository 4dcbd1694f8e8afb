"""/api/v1/predictions: more than the model can take."""

import asyncio

from httpx2 import AsyncClient

from app.core.lifespan import State
from tests.support.model import EVENTS, PREDICTIONS, own_queue, small_model, until

TEXT = {"text": "one two three"}


class TestQueue:
    async def test_is_full(self, anybody: AsyncClient, state: State) -> None:
        """Those who wait stay where they are, and whoever comes next is told to come back."""
        async with (
            own_queue(state, concurrency=1, queue_size=2, batch_size=1),
            small_model(state, 60) as model,
        ):
            running = asyncio.create_task(anybody.post(PREDICTIONS, json=TEXT))
            await until(lambda: model.running == 1)
            waiting = [asyncio.create_task(anybody.post(PREDICTIONS, json=TEXT)) for _ in range(2)]
            await until(lambda: state["turns"].waiting == 2)

            for headers in ({}, EVENTS):
                refused = await anybody.post(PREDICTIONS, json=TEXT, headers=headers)

                assert (refused.status_code, refused.json()["code"]) == (429, "queue_full")
                assert refused.headers["Retry-After"] == "1"
            assert model.total == 1
            for each in (running, *waiting):
                each.cancel()
            await asyncio.gather(running, *waiting, return_exceptions=True)
            await until(lambda: not model.running and not state["turns"].waiting)

    async def test_no_more_at_once(self, anybody: AsyncClient, state: State) -> None:
        """Streams and whole answers share the places."""
        async with own_queue(state, concurrency=2, batch_size=1), small_model(state, 0.3) as model:
            calls = [
                asyncio.create_task(anybody.post(PREDICTIONS, json=TEXT, headers=headers))
                for headers in ({}, EVENTS) * 3
            ]
            most = 0
            while not all(each.done() for each in calls):
                most = max(most, model.running)
                await asyncio.sleep(0.01)

        assert {(await each).status_code for each in calls} == {200}
        assert most == 2
        assert model.total == 6

    async def test_fills_batches_while_it_waits(self, anybody: AsyncClient, state: State) -> None:
        async with own_queue(state, concurrency=1, batch_size=8), small_model(state, 1) as model:
            first = asyncio.create_task(anybody.post(PREDICTIONS, json=TEXT))
            await until(lambda: model.running == 1)
            answers = await asyncio.gather(
                first, *(anybody.post(PREDICTIONS, json={"text": f"a {n}"}) for n in range(16))
            )

        assert [each.json()["text"] for each in answers[1:]] == [f"{n} a" for n in range(16)]
        assert model.total == 3
