"""The model that a test has: a fake at the transport, or the small server of `scripts/`."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Final

import uvicorn
from httpx2 import Request, Response

from app.core.batching.batches import Batches
from app.core.batching.turns import Turns
from app.core.lifespan import State
from app.core.outgoing.upstreams import Upstreams, connect
from scripts.model import Model, output, said
from tests.support.server import listen, port_of
from tests.support.weather import FakeUpstreams
from tests.support.wire import SECONDS

PREDICTIONS: Final = "/api/v1/predictions"
EVENTS: Final = {"Accept": "text/event-stream"}


@dataclass
class FakeModel:
    """Answers as the small server does, at once; ``failing`` is answered instead, while set."""

    failing: Response | None = None
    asked: list[list[str]] = field(default_factory=list[list[str]])
    requests: list[Request] = field(default_factory=list[Request])

    def answer(self, request: Request) -> Response:
        """Keep the request, and answer it."""
        self.requests.append(request)
        inputs: list[str] = json.loads(request.content)["inputs"]
        self.asked.append(inputs)
        if self.failing is not None:
            return self.failing
        if request.url.path == "/v1/stream":
            return self.stream(*inputs)
        return Response(200, json={"outputs": [output(each) for each in inputs]})

    def stream(self, text: str) -> Response:
        """Say it word by word."""
        if "error" in output(text):
            return Response(422)
        lines = [{"text": f"{word} "} for word in said(text).split()]
        return Response(200, text="\n".join(map(json.dumps, [*lines, {"done": True}])))


async def until(happens: Callable[[], bool]) -> None:
    """Wait for something that has to happen soon, on a machine that may be busy."""
    async with asyncio.timeout(SECONDS):
        while not happens():  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.01)


@asynccontextmanager
async def model_instead(state: State) -> AsyncGenerator[None]:
    """Let no test out to a model; each has a queue of its own."""
    upstreams = state["upstreams"]
    assert isinstance(upstreams, FakeUpstreams)
    upstreams.answers["model"] = FakeModel().answer
    async with own_queue(state):
        yield


@asynccontextmanager
async def own_queue(state: State, **limits: object) -> AsyncGenerator[None]:
    """Have other limits, and nobody before us."""
    predictions = state["settings"].predictions.model_copy(update=limits)
    state["settings"] = replace(state["settings"], predictions=predictions)
    state["turns"] = Turns(predictions.concurrency, predictions.queue_size)
    state["batches"] = batches = Batches(state["turns"], predictions)
    try:
        yield
    finally:
        await batches.close()


@asynccontextmanager
async def small_model(state: State, pause: float, **changes: object) -> AsyncGenerator[Model]:
    """Have the small server answer, over a network."""
    model = Model(pause)
    server = uvicorn.Server(uvicorn.Config(model.app(), log_config=None, lifespan="off"))
    taken = listen()
    serving = asyncio.create_task(server.serve([taken]))
    url = f"http://127.0.0.1:{port_of(taken)}"
    settings = state["settings"].model.model_copy(update={"url": url, **changes})
    state["settings"] = replace(state["settings"], model=settings)
    state["upstreams"] = upstreams = Upstreams(connect())
    try:
        yield model
    finally:
        await upstreams.aclose()
        server.should_exit = server.force_exit = True
        await serving
