"""The cache on two workers: one load, nothing out of date, and Redis that goes and comes back."""

import os
import signal
import time
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Event
from typing import Final

import httpx2
import pytest
from redis import Redis

from tests.harness.faulty import until
from tests.harness.logs import parse
from tests.harness.private import PrivateBroker, private_broker
from tests.harness.renders import Renders
from tests.harness.servers import Server
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import asked, variant_of
from tests.harness.workbench import Workbench, workbench

pytestmark = [
    pytest.mark.slow,
    pytest.mark.proven_by_content(programs=("redis-server",)),
]

ITEMS: Final = "/api/v1/items"
SLOW: Final = "/api/v1/slow"
READERS: Final = 6
PATIENT: Final = 3.0
"""Seconds that a request may take of which one second is the wait for Redis, on a busy machine."""
OUTAGE: Final = 1.5

Fault = Callable[[PrivateBroker], None]

ROUTE: Final = '''"""/slow."""

import asyncio
import os
from datetime import timedelta
from pathlib import Path

from fastapi import APIRouter

from app.core.cache.cached import cached
from app.dependencies.cache import CacheDep

router = APIRouter(prefix="/slow")


@cached(ttl=timedelta(minutes=1))
async def slow(loads: Path, name: str) -> str:
    """Take half a second, and note it."""
    with loads.open("a") as file:
        file.write(f"{name} ")
    await asyncio.sleep(0.5)
    return name


@router.get("/{name}")
async def read_slow(name: str, cache: CacheDep) -> tuple[str, int]:
    """Say which worker answers."""
    return await slow.read(cache, Path("loads.txt"), name), os.getpid()
'''


@pytest.fixture(scope="module")
def bench(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Generator[Workbench]:
    """A service with a cache."""
    chosen = {
        "orm": "sqlalchemy",
        "database": "postgresql",
        "auth": "none",
        "sample": "items",
        "cache": True,
    }
    folder = tmp_path_factory.mktemp("cache")
    with workbench(variant_of(asked(chosen)), folder, renders) as bench:
        stage_generate(bench)
        stage_install(bench)
        (bench.project / "app/api/v1/slow.py").write_text(ROUTE)
        assert bench.database
        bench.make("migrate", DATABASE_URL=bench.database.url)
        yield bench


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Generator[PrivateBroker]:
    """A Redis that may be killed."""
    with private_broker("redis", tmp_path_factory.mktemp("redis") / "files") as server:
        yield server


@pytest.fixture(scope="module")
def server(bench: Workbench, redis: PrivateBroker) -> Generator[Server]:
    """The service on two workers."""
    assert bench.database
    variables = {
        "ENVIRONMENT": "production",
        "DRAIN_DELAY": "0",
        "WEB_CONCURRENCY": "2",
        "REDIS_URL": redis.url,
        "DATABASE_URL": bench.database.url,
    }
    server = bench.start(
        "served", bench.project / ".venv/bin/gunicorn", folder=bench.project, **variables
    )
    server.await_ready()
    yield server
    server.stop()


def loads(bench: Workbench, name: str) -> int:
    """Count the loads of a name."""
    noted = bench.project / "loads.txt"
    return noted.read_text().split().count(name) if noted.exists() else 0


def get(server: Server, path: str) -> httpx2.Response:
    """Ask on a connection of its own, which either worker may take."""
    return httpx2.get(f"{server.url}{path}", timeout=20)


def test_one_load_on_two_workers(bench: Workbench, server: Server) -> None:
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(partial(get, server), [f"{SLOW}/once"] * 100))

    assert {each.status_code for each in answers} == {200}
    assert {each.json()[0] for each in answers} == {"once"}
    assert len({each.json()[1] for each in answers}) == 2
    assert loads(bench, "once") == 1


def test_nothing_older_than_what_was_answered(server: Server) -> None:
    """While one client changes an item and fails to, whoever asks after an answer reads no less."""
    for name in ("taken", "changed"):
        path = httpx2.post(f"{server.url}{ITEMS}", json={"name": name, "price_cents": 1}).headers[
            "location"
        ]
    known, over = [1], Event()

    def read() -> list[tuple[int, int]]:
        seen: list[tuple[int, int]] = []
        with httpx2.Client(base_url=server.url, timeout=20) as client:
            while not over.is_set():
                least = known[-1]
                seen.append((least, client.get(path).json()["version"]))
        return seen

    with (
        ThreadPoolExecutor(READERS) as pool,
        httpx2.Client(base_url=server.url, timeout=20) as client,
    ):
        reading = [pool.submit(read) for _ in range(READERS)]
        for price in range(2, 102):
            body = {"price_cents": price} if price % 4 else {"price_cents": price, "name": "taken"}
            answer = client.patch(path, json=body, headers={"If-Match": "*"})
            assert answer.status_code == (200 if price % 4 else 409)
            if answer.status_code == 200:
                known.append(answer.json()["version"])
        over.set()

    seen = [each for each in reading for each in each.result()]
    assert len(seen) > 100
    assert [pair for pair in seen if pair[1] < pair[0]] == []
    assert get(server, path).json()["price_cents"] == 101


def empty(redis: PrivateBroker) -> None:
    """Lose it, and replace it by one that holds nothing."""
    redis.kill()
    time.sleep(OUTAGE)
    for file in (redis.folder / "appendonlydir").iterdir():
        file.unlink()
    redis.start()


def silence(redis: PrivateBroker) -> None:
    """Have it take what is sent, and answer nothing."""
    assert redis.process
    os.killpg(redis.process.pid, signal.SIGSTOP)
    time.sleep(OUTAGE + 1)
    os.killpg(redis.process.pid, signal.SIGCONT)


@pytest.mark.parametrize("fault", [empty, silence])
def test_redis_is_away(
    bench: Workbench, server: Server, redis: PrivateBroker, fault: Fault
) -> None:
    """Under load no request fails, and the cache is used again by itself."""
    path = httpx2.post(
        f"{server.url}{ITEMS}", json={"name": fault.__name__, "price_cents": 1}
    ).headers["location"]
    before, over = len(server.lines()), Event()

    def ask() -> list[tuple[int, float]]:
        answers: list[tuple[int, float]] = []
        with httpx2.Client(base_url=server.url, timeout=20) as client:
            while not over.is_set():
                began = time.monotonic()
                answers.append((client.get(path).status_code, time.monotonic() - began))
        return answers

    with ThreadPoolExecutor(READERS) as pool:
        asking = [pool.submit(ask) for _ in range(READERS)]
        time.sleep(0.3)
        fault(redis)
        changed = httpx2.patch(
            f"{server.url}{path}", json={"price_cents": 2}, headers={"If-Match": "*"}
        )
        time.sleep(OUTAGE)
        over.set()
    answers = [each for each in asking for each in each.result()]

    assert changed.status_code == 200
    assert {status for status, _ in answers} == {200}
    assert max(seconds for _, seconds in answers) < PATIENT
    assert {get(server, path).json()["price_cents"] for _ in range(10)} == {2}
    until(lambda: used_again(bench, server), "the cache is used again", by=(server,))
    said = [parse(line)["event"] for line in server.lines()[before:]]
    assert 1 <= said.count("redis away") == said.count("redis back") <= 6


def used_again(bench: Workbench, server: Server) -> bool:
    """Whether both workers read what one has loaded."""
    name = f"n{time.monotonic_ns()}"
    answers = [get(server, f"{SLOW}/{name}").json() for _ in range(10)]
    return loads(bench, name) == 1 and len({each[1] for each in answers}) == 2


def test_its_scripts_are_flushed(bench: Workbench, server: Server, redis: PrivateBroker) -> None:
    assert get(server, f"{SLOW}/before").status_code == 200
    with Redis(port=redis.port) as client:
        client.script_flush()

    assert [get(server, f"{SLOW}/after").status_code for _ in range(3)] == [200] * 3
    assert loads(bench, "after") == 1
