"""A model that is slow, and one that dies: what waits has a bound, and no call is for nobody."""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx2
import pytest

from tests.harness.faulty import until
from tests.harness.logs import parse
from tests.harness.renders import Renders
from tests.harness.servers import PERIOD, Server, free_port
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import asked, variant_of
from tests.harness.workbench import Workbench, workbench

pytestmark = [pytest.mark.slow, pytest.mark.proven_by_content(programs=())]

PREDICTIONS: Final = "/api/v1/predictions"
EVENTS: Final = {"Accept": "text/event-stream"}
CONCURRENCY: Final = 4
QUEUE: Final = 12
BATCH: Final = 2
FAILURES: Final = 3
PAUSE: Final = 0.2
"""Seconds for which the model thinks of an answer, and of each word of a stream."""
CROWD: Final = 60
STREAMS: Final = 100
WORDS: Final = 600
GROWTH: Final = 4_000_000
"""Bytes by which a process may grow over twice as many streams: to keep them would take 8 MB."""


@dataclass
class ModelServer:
    """The model server of the service, which may be killed."""

    bench: Workbench
    port: int
    pause: float = PAUSE
    server: Server | None = None
    times: int = 0

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, at the place that it has."""
        self.times += 1
        program = self.bench.project / ".venv/bin/python"
        self.server = self.bench.start(
            f"model-{self.times}",
            *(program, "-m", "scripts.model", "--port", str(self.port), "--pause", str(self.pause)),
            folder=self.bench.project,
        )
        until(self.listens, "the model server is there", by=[self.server])

    def listens(self) -> bool:
        """Whether it answers."""
        try:
            return httpx2.get(f"{self.url}/readyz", timeout=20).status_code == 200
        except httpx2.TransportError:
            return False

    def running(self) -> int:
        """Count what is under way there."""
        return int(httpx2.get(f"{self.url}/running", timeout=20).json()["running"])

    def kill(self) -> None:
        """Lose its process."""
        assert self.server
        os.killpg(self.server.process.pid, signal.SIGKILL)
        self.server.process.wait()


@pytest.fixture(scope="module")
def bench(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Generator[Workbench]:
    """A service with nothing but the sample."""
    chosen = {"orm": "none", "auth": "none", "sample": "predict"}
    with workbench(variant_of(asked(chosen)), tmp_path_factory.mktemp("predict"), renders) as bench:
        stage_generate(bench)
        stage_install(bench)
        yield bench


@pytest.fixture(scope="module")
def model(bench: Workbench) -> ModelServer:
    """One at a place of its own."""
    model = ModelServer(bench, free_port())
    model.start()
    return model


@pytest.fixture(scope="module")
def service(bench: Workbench, model: ModelServer) -> Server:
    """One worker as in production, with narrow limits."""
    server = bench.start(
        "service",
        bench.project / ".venv/bin/gunicorn",
        folder=bench.project,
        ENVIRONMENT="production",
        DRAIN_DELAY="0",
        WEB_CONCURRENCY="1",
        UPSTREAM_MODEL_URL=model.url,
        UPSTREAM_MODEL_BREAKER_FAILURES=str(FAILURES),
        UPSTREAM_MODEL_BREAKER_PAUSE="1",
        PREDICT_CONCURRENCY=str(CONCURRENCY),
        PREDICT_QUEUE_SIZE=str(QUEUE),
        PREDICT_BATCH_SIZE=str(BATCH),
    )
    server.await_ready()
    return server


@asynccontextmanager
async def client_of(server: Server) -> AsyncGenerator[httpx2.AsyncClient]:
    """Connect as often as it takes."""
    limits = httpx2.Limits(max_connections=None)
    async with httpx2.AsyncClient(base_url=server.url, timeout=60, limits=limits) as client:
        yield client


async def running(model: ModelServer) -> int:
    """Count what is under way at the model."""
    return await asyncio.to_thread(model.running)


async def until_running(model: ModelServer, number: int) -> None:
    """Wait until so many calls are under way there, and let others go on."""
    async with asyncio.timeout(60):
        while await running(model) != number:  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(PERIOD)


async def ask(client: httpx2.AsyncClient, number: int) -> httpx2.Response:
    """Ask for a whole answer or for a stream, by turns."""
    headers = EVENTS if number % 2 else {}
    return await client.post(PREDICTIONS, json={"text": f"one {number}"}, headers=headers)


def is_complete(answer: httpx2.Response) -> bool:
    """Whether all of it came."""
    return "text" in answer.text and ("event" not in answer.text or "event: done" in answer.text)


def test_bounded(service: Server, model: ModelServer) -> None:
    """Of a crowd some are answered, and the others are told to come back; the model has its few."""

    async def come() -> tuple[list[httpx2.Response], int, httpx2.Response]:
        most = 0
        async with client_of(service) as client:
            asking = [asyncio.create_task(ask(client, number)) for number in range(CROWD)]
            other = await client.get("/healthz")
            while not all(each.done() for each in asking):
                most = max(most, await running(model))
            return [each.result() for each in asking], most, other

    answers, most, other = asyncio.run(come())

    statuses = Counter(each.status_code for each in answers)
    refused = [each for each in answers if each.status_code == 429]
    assert statuses.keys() == {200, 429}, statuses
    assert statuses[200] >= QUEUE
    assert all(each.json()["code"] == "queue_full" for each in refused)
    assert all(each.headers["Retry-After"] for each in refused)
    assert all(is_complete(each) for each in answers if each.status_code == 200)
    assert 1 <= most <= CONCURRENCY
    assert other.status_code == 200


def test_clients_leave(service: Server, model: ModelServer) -> None:
    """No call of theirs is left at the model, and none of their places is taken."""

    async def leave() -> None:
        text = {"text": "word " * 1000}
        async with client_of(service) as client:
            asking = [
                asyncio.create_task(client.post(PREDICTIONS, json=text, headers=EVENTS))
                for _ in range(CONCURRENCY + QUEUE // 2)
            ]
            await until_running(model, CONCURRENCY)
            for each in asking:
                each.cancel()
            await asyncio.gather(*asking, return_exceptions=True)
            await until_running(model, 0)
            answers = await asyncio.gather(*(ask(client, number) for number in range(QUEUE)))
            assert {each.status_code for each in answers} == {200}

    asyncio.run(leave())


def test_memory(bench: Workbench) -> None:
    """Streams leave nothing behind, whether they were heard to their ends or not."""
    fast = ModelServer(bench, free_port(), pause=0)
    fast.start()
    worker = bench.start(
        "fast",
        bench.project / ".venv/bin/gunicorn",
        folder=bench.project,
        ENVIRONMENT="production",
        DRAIN_DELAY="0",
        WEB_CONCURRENCY="1",
        UPSTREAM_MODEL_URL=fast.url,
    )
    worker.await_ready()

    async def hear(client: httpx2.AsyncClient, number: int) -> None:
        text = {"text": "word " * WORDS}
        async with client.stream("POST", PREDICTIONS, json=text, headers=EVENTS) as answer:
            async for _ in answer.aiter_raw():
                if number % 3 == 0:
                    return

    async def hear_all() -> None:
        async with client_of(worker) as client:
            for start in range(0, STREAMS, 10):
                await asyncio.gather(*(hear(client, start + number) for number in range(10)))

    asyncio.run(hear_all())
    before = memory(worker)
    asyncio.run(hear_all())
    asyncio.run(hear_all())

    assert memory(worker) - before < GROWTH
    until(lambda: fast.running() == 0, "the model is idle", by=[worker])


def memory(server: Server) -> int:
    """Count the bytes that its worker holds."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    (worker,) = children.read_text().split()
    fields = Path(f"/proc/{worker}/statm").read_text().split()
    return int(fields[1]) * os.sysconf("SC_PAGE_SIZE")


def test_killed(service: Server, model: ModelServer) -> None:
    """Those who listen are told, the next ones are refused, others are served, and it mends."""

    async def lose() -> list[str]:
        text = {"text": "word " * 1000}
        async with client_of(service) as client:
            asking = [
                asyncio.create_task(client.post(PREDICTIONS, json=text, headers=EVENTS))
                for _ in range(CONCURRENCY)
            ]
            await until_running(model, CONCURRENCY)
            await asyncio.sleep(3 * PAUSE)  # each has heard something
            await asyncio.to_thread(model.kill)
            return [(await each).text for each in asking]

    for told in asyncio.run(lose()):
        first, *_, last, nothing = told.split("\n\n")
        assert first == 'event: piece\ndata: {"text":"word "}'
        assert last.startswith('event: error\ndata: {"status":502,"code":"upstream_unavailable"')
        assert nothing == ""

    refused = httpx2.post(f"{service.url}{PREDICTIONS}", json={"text": "one"}, timeout=20)
    assert (refused.status_code, refused.json()["code"]) == (502, "upstream_unavailable")
    assert refused.headers["Retry-After"]
    assert httpx2.get(f"{service.url}/readyz", timeout=20).status_code == 200

    model.start()
    until(lambda: answers(service), "it mends", by=[service])
    events = [parse(line)["event"] for line in service.lines()]
    assert events.count("breaker opened") == events.count("breaker closed") == 1


def answers(service: Server) -> bool:
    """Whether the model is asked again."""
    answer = httpx2.post(f"{service.url}{PREDICTIONS}", json={"text": "one two"}, timeout=20)
    return answer.status_code == 200 and answer.json() == {"text": "two one"}


def test_ends(service: Server) -> None:
    """SIGTERM waits for no stream, and nothing was wrong that nobody expected."""
    service.stop()
    records = [parse(line) for line in service.lines()]
    wrong = [each for each in records if each["level"] == "error" and each.get("status") != 502]
    assert not wrong
