"""What limits on requests promise: over processes, clocks that differ, and failures of Redis."""

import os
import shutil
import signal
import socket
from collections import Counter
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Final

import httpx2
import pytest

from tests.harness.faulty import until
from tests.harness.logs import parse
from tests.harness.private import PrivateBroker, private_broker
from tests.harness.renders import Renders
from tests.harness.servers import Server
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import asked, variant_of
from tests.harness.workbench import Workbench, workbench

pytestmark = [pytest.mark.slow, pytest.mark.proven_by_content(programs=("redis-server",))]

AMOUNT: Final = 40
CLIENTS: Final = 8
WORKERS: Final = 2
SERVED, REFUSED = 404, 429
PATIENT: Final = 3.0
"""Seconds that a request may take, whatever fails, on a machine that is busy."""

TOMORROW: Final = """
import time
now = time.time
time.time = lambda: now() + 86_400
"""


@pytest.fixture(scope="module")
def bench(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Generator[Workbench]:
    """A service without anything else that could fail."""
    chosen = {"orm": "none", "auth": "none", "sample": "none", "rate_limit": True}
    with workbench(variant_of(asked(chosen)), tmp_path_factory.mktemp("limited"), renders) as made:
        stage_generate(made)
        stage_install(made)
        (made.folder / "sitecustomize.py").write_text(TOMORROW)
        yield made


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Generator[PrivateBroker]:
    """A Redis that may be killed."""
    with private_broker("redis", tmp_path_factory.mktemp("redis") / "files") as server:
        yield server


@pytest.fixture(scope="module")
def replicas(bench: Workbench, redis: PrivateBroker) -> list[Server]:
    """Two of two workers each; one of them lives a day ahead."""
    ahead = start(bench, redis, "tomorrow", PYTHONPATH=str(bench.folder))
    return [start(bench, redis, "today"), ahead]


def start(bench: Workbench, redis: PrivateBroker, name: str, **variables: str) -> Server:
    """Start one as in production."""
    server = bench.start(
        name,
        bench.project / ".venv/bin/gunicorn",
        folder=bench.project,
        ENVIRONMENT="production",
        DRAIN_DELAY="0",
        WEB_CONCURRENCY=str(WORKERS),
        RATE_LIMIT_DEFAULT=f"{AMOUNT}/hour",
        REDIS_URL=redis.url,
        REDIS_TIMEOUT="0.5",
        **variables,
    )
    server.await_ready()
    return server


def ask(client: httpx2.Client, replicas: list[Server], number: int) -> int:
    """Ask one of them."""
    return client.get(f"{replicas[number % len(replicas)].url}/nowhere").status_code


def flood(replicas: list[Server], address: str, times: int = 4 * AMOUNT) -> Counter[int]:
    """Ask all of them at once, as a proxy they trust would for somebody; each answers in time."""
    # a connection for each request, so that all workers get some
    apart = httpx2.Limits(max_keepalive_connections=0)
    headers = {"X-Forwarded-For": address}
    with (
        httpx2.Client(headers=headers, timeout=PATIENT, limits=apart) as client,
        ThreadPoolExecutor(CLIENTS) as pool,
    ):
        return Counter(pool.map(partial(ask, client, replicas), range(times)))


def is_counted_together(replicas: list[Server]) -> Callable[[], bool]:
    """Tell whether every process has seen that Redis is back."""
    addresses = iter(range(10_000))
    expected = Counter({SERVED: AMOUNT, REFUSED: AMOUNT})
    return lambda: flood(replicas, f"10.0.0.{next(addresses)}", 2 * AMOUNT) == expected


def test_never_one_more(replicas: list[Server]) -> None:
    """By the clock of Redis alone."""
    for address in ("192.0.2.1", "2001:db8::1"):
        assert flood(replicas, address) == {SERVED: AMOUNT, REFUSED: 3 * AMOUNT}
    assert flood(replicas, "2001:db8::2:1", 5) == {REFUSED: 5}


def test_scripts_are_forgotten(replicas: list[Server], redis: PrivateBroker) -> None:
    command(redis, b"SCRIPT FLUSH")

    assert flood(replicas, "192.0.2.2") == {SERVED: AMOUNT, REFUSED: 3 * AMOUNT}


def test_redis_comes_back_empty(replicas: list[Server], redis: PrivateBroker) -> None:
    """It is counted from nothing, by all together again, and nobody is answered with an error."""
    assert flood(replicas, "192.0.2.3") == {SERVED: AMOUNT, REFUSED: 3 * AMOUNT}
    redis.kill()
    shutil.rmtree(redis.folder / "appendonlydir")
    redis.start()

    assert {*flood(replicas, "192.0.2.3", 12 * AMOUNT)} == {SERVED, REFUSED}

    until(is_counted_together(replicas), "it counts together", by=replicas)
    assert flood(replicas, "192.0.2.4") == {SERVED: AMOUNT, REFUSED: 3 * AMOUNT}


@pytest.mark.parametrize("silent", [False, True], ids=["lost", "silent"])
def test_redis_fails(replicas: list[Server], redis: PrivateBroker, *, silent: bool) -> None:
    """Each process counts alone, and says so once; nobody waits, and all comes back by itself."""
    address = f"192.0.2.{10 + silent}"
    before = [len(server.lines()) for server in replicas]
    if silent:
        freeze(redis, signal.SIGSTOP)
    else:
        redis.kill()

    found = flood(replicas, address, 12 * AMOUNT)

    assert {*found} == {SERVED, REFUSED}
    assert AMOUNT <= found[SERVED] <= AMOUNT * WORKERS * len(replicas)
    if silent:
        freeze(redis, signal.SIGCONT)
    else:
        redis.start()
    until(is_counted_together(replicas), "it counts together", by=replicas)
    for server, begun in zip(replicas, before, strict=True):
        said = Counter(parse(line)["event"] for line in server.lines()[begun:])
        assert said["rate limits counted by each process"] <= WORKERS
        assert said["redis away"] <= WORKERS


def freeze(redis: PrivateBroker, number: signal.Signals) -> None:
    """Have it answer nobody, or again."""
    assert redis.process
    os.killpg(redis.process.pid, number)


def command(redis: PrivateBroker, words: bytes) -> None:
    """Have it do something."""
    with socket.create_connection(("127.0.0.1", redis.port)) as connection:
        connection.sendall(words + b"\r\n")
        assert connection.recv(1024) == b"+OK\r\n"
