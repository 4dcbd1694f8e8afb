"""Events over two replicas of two workers: each once, in order, whatever happens to Redis."""

import itertools
import re
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from typing import Final

import httpx2
import pytest

from tests.harness.faulty import until
from tests.harness.logs import check_log, parse
from tests.harness.renders import Renders
from tests.harness.replicas import FAULTS, Redis, private_redis, start_replica
from tests.harness.servers import Server
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import asked, variant_of
from tests.harness.workbench import Workbench, workbench

pytestmark = [pytest.mark.slow, pytest.mark.proven_by_content(programs=("redis-server",))]

EVENTS: Final = "/api/v1/live/events"
MEMBERS: Final = 8
LIFETIME: Final = 3
NUMBER: Final = re.compile(r'data: \{"number":(\d+)\}')

ROUTE: Final = '''"""/say."""

from fastapi import APIRouter
from pydantic import BaseModel

from app.api.errors import problems
from app.core.errors import UnavailableError
from app.core.live.event import PUBLIC
from app.dependencies.live import PublisherDep

router = APIRouter(prefix="/say")


class Said(BaseModel):
    """What is said."""

    number: int


@router.post("", status_code=204, responses=problems(UnavailableError))
async def say(said: Said, publisher: PublisherDep) -> None:
    """Say it to all."""
    await publisher.publish(PUBLIC, "said", said)
'''


class Member:
    """A client as an EventSource is one: it comes back with its last id, here to any replica."""

    def __init__(self, replicas: list[Server], first: int) -> None:
        self.replicas = replicas
        self.places = itertools.count(first)
        self.heard: list[int] = []
        self.resets = 0
        self.streams = 0
        self.last = ""
        self.over = False
        self.thread = threading.Thread(target=self.listen)

    def listen(self) -> None:
        """Listen again and again, until it is over."""
        while not self.over:
            server = self.replicas[next(self.places) % len(self.replicas)]
            with suppress(httpx2.TransportError):
                self.hear(server)

    def hear(self, server: Server) -> None:
        """Listen once."""
        headers = {"Last-Event-ID": self.last} if self.last else {}
        with httpx2.stream("GET", f"{server.url}{EVENTS}", headers=headers, timeout=20) as answer:
            assert answer.status_code == 200
            self.streams += 1
            for line in answer.iter_lines():
                self.read(line)
                if self.over:
                    return

    def read(self, line: str) -> None:
        """Note what is said, and the id, which closes each event."""
        if found := NUMBER.fullmatch(line):
            self.heard.append(int(found[1]))
        elif line == "event: reset":
            self.resets += 1
        elif line.startswith("id: "):
            self.last = line.removeprefix("id: ")


class Speaker:
    """Says one number after the other, to one replica after the other."""

    def __init__(self, replicas: list[Server]) -> None:
        self.replicas = replicas
        self.numbers = itertools.count()
        self.said: list[int] = []
        self.over = False
        self.thread = threading.Thread(target=self.speak)

    def speak(self) -> None:
        """Go on until it is over; what is refused may have been said or not."""
        while not self.over:
            self.say()
            time.sleep(0.02)

    def say(self) -> int:
        """Say the next number."""
        number = next(self.numbers)
        url = self.replicas[number % len(self.replicas)].url
        with suppress(httpx2.TransportError):
            answer = httpx2.post(f"{url}/api/v1/say", json={"number": number}, timeout=20)
            assert answer.status_code in {204, 503}
            if answer.status_code == 204:
                self.said.append(number)
        return number


@pytest.fixture(scope="module")
def bench(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Generator[Workbench]:
    """A service that tells, and a route by which it is told what."""
    chosen = {"orm": "none", "auth": "none", "sample": "none", "events": True}
    with workbench(variant_of(asked(chosen)), tmp_path_factory.mktemp("events"), renders) as bench:
        stage_generate(bench)
        stage_install(bench)
        (bench.project / "app/api/v1/say.py").write_text(ROUTE)
        yield bench


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Generator[Redis]:
    """A Redis of its own, with its files."""
    with private_redis(tmp_path_factory.mktemp("redis") / "files") as redis:
        yield redis


@pytest.fixture(scope="module")
def replicas(bench: Workbench, redis: Redis) -> list[Server]:
    """Two of two workers each."""
    return [start(bench, redis, name) for name in ("one", "two")]


def start(bench: Workbench, redis: Redis, name: str) -> Server:
    """Start one as in production."""
    return start_replica(bench, bench.project, redis, name, LIVE_LIFETIME=str(LIFETIME))


@contextmanager
def talk(replicas: list[Server]) -> Generator[tuple[list[Member], Speaker]]:
    """Have members listen to a speaker; in the end all of them have heard the same."""
    members = [Member(replicas, first) for first in range(MEMBERS)]
    speaker = Speaker(replicas)
    for member in members:
        member.thread.start()
    try:
        until(lambda: all(member.last for member in members), "all listen", by=replicas)
        speaker.thread.start()
        yield members, speaker
        speaker.over = True
        speaker.thread.join()
        until(lambda: speaker.say() in speaker.said, "the last is said", by=replicas)
        last = speaker.said[-1]
        until(lambda: all(last in member.heard for member in members), "all hear", by=replicas)
    finally:
        speaker.over = True
        for member in members:
            member.over = True
        for member in members:
            member.thread.join()


def check(members: list[Member], speaker: Speaker) -> None:
    """Each has heard everything once, and in order."""
    first = members[0].heard
    assert len(speaker.said) > 20
    assert first == sorted(set(first))
    assert set(speaker.said) <= set(first)
    assert all(member.heard == first for member in members)
    assert all(member.resets == 0 for member in members)


def is_ready(server: Server) -> bool:
    """Whether it hears, and says so."""
    return live(server) == {"status": "ok"}


def is_deaf(server: Server) -> bool:
    """Whether it hears nothing, and says so."""
    return live(server) == {"status": "degraded", "detail": "hears nothing"}


def live(server: Server) -> object:
    """Ask either worker."""
    return httpx2.get(f"{server.url}/readyz", timeout=20).json()["checks"]["live"]


def test_to_all_workers(replicas: list[Server]) -> None:
    with talk(replicas) as (members, speaker):
        until(lambda: all(each.streams > 2 for each in members), "all came back", by=replicas)

    check(members, speaker)


@pytest.mark.parametrize("fault", FAULTS)
def test_redis_fails(replicas: list[Server], redis: Redis, fault: Callable[[Redis], None]) -> None:
    """Nothing is missed, nothing comes twice, and all is well again by itself."""
    with talk(replicas) as (members, speaker):
        until(lambda: len(speaker.said) > 10, "something is said", by=replicas)
        fault(redis)
        before = len(speaker.said)
        until(lambda: len(speaker.said) > before + 10, "it goes on", by=replicas)

    check(members, speaker)
    until(lambda: all(map(is_ready, replicas)), "they are ready", by=replicas)


def test_says_that_it_hears_nothing(replicas: list[Server], redis: Redis) -> None:
    with talk(replicas):
        redis.way.cut()
        until(lambda: is_deaf(replicas[0]), "it says so", by=replicas)
        healthz = httpx2.get(f"{replicas[0].url}/healthz").json()
        redis.way.mend()

    assert healthz == {"status": "ok"}


def test_a_replica_ends(bench: Workbench, replicas: list[Server], redis: Redis) -> None:
    """It waits for no stream, and who listened there goes on elsewhere."""
    third = start(bench, redis, "three")
    alive = [*replicas, third]
    with talk(alive) as (members, speaker):
        until(lambda: len(speaker.said) > 10, "something is said", by=alive)
        alive.remove(third)
        third.stop()
        before = len(speaker.said)
        until(lambda: len(speaker.said) > before + 10, "it goes on", by=alive)

    check(members, speaker)
    check_log(third.lines())
    assert EVENTS in {parse(line).get("path") for line in third.lines()}
