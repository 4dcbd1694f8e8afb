"""Notifications over two replicas of two workers: said once, to one, and only what is committed."""

import json
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import httpx2
import pytest

from tests.harness.faulty import until
from tests.harness.identity import PASSWORD, Headers, bearer, login
from tests.harness.logs import parse
from tests.harness.renders import Renders
from tests.harness.replicas import Redis, private_redis, start_replica
from tests.harness.servers import Server
from tests.harness.stages.installing import stage_install, stage_production
from tests.harness.stages.migrating import stage_migrate
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import variant_with
from tests.harness.workbench import Workbench, workbench

pytestmark = [pytest.mark.slow, pytest.mark.proven_by_content(programs=("redis-server",))]

EVENTS: Final = "/api/v1/live/events"
NOTIFICATIONS: Final = "/api/v1/notifications"
KEYS: Final = "/api/v1/api-keys"
LIFETIME: Final = 3
EARS: Final = 4

REFERENCE: Final = "REFERENCES probe_parents (id) DEFERRABLE INITIALLY DEFERRED"
TABLES: Final = (
    "CREATE TABLE probe_parents (id INTEGER PRIMARY KEY)",
    f"CREATE TABLE probe_children (parent_id INTEGER {REFERENCE})",
)
ROUTES: Final = '''"""/probe."""

import os
import signal

from fastapi import APIRouter, BackgroundTasks, Depends
from sqlalchemy import text

from app.core.errors import ConflictError
from app.dependencies.database import SessionDep
from app.dependencies.notifications import NotifierDep

router = APIRouter(prefix="/probe")


async def end() -> None:
    """End as a lost machine does."""
    os.kill(os.getpid(), signal.SIGKILL)


async def end_after_the_commit(background: BackgroundTasks) -> None:
    """Do so before anything is said."""
    background.add_task(end)


@router.post("/regret/{recipient}")
async def regret(recipient: str, notifier: NotifierDep) -> None:
    """Think better of it."""
    await notifier.send(recipient, "probe", "never")
    raise ConflictError("No.")


@router.post("/refusal/{recipient}")
async def refusal(recipient: str, notifier: NotifierDep, session: SessionDep) -> None:
    """Fail at the commit."""
    await notifier.send(recipient, "probe", "never")
    await session.execute(text("INSERT INTO probe_children VALUES (99)"))


@router.post("/death/{recipient}", dependencies=[Depends(end_after_the_commit)])
async def death(recipient: str, notifier: NotifierDep) -> None:
    """Be killed between the commit and saying it."""
    await notifier.send(recipient, "probe", "last words")
'''


@dataclass
class Place:
    """Two replicas, and the way to their Redis, which may be cut."""

    bench: Workbench
    replicas: list[Server]
    redis: Redis
    sender: Headers

    def send(self, to: "Person", replica: int = 0) -> int:
        """Send a notification, and give its id."""
        url = f"{self.replicas[replica].url}{NOTIFICATIONS}"
        body = {"recipient": to.subject, "kind": "probe", "text": "Hello"}
        answer = httpx2.post(url, json=body, headers=self.sender, timeout=20)
        assert answer.status_code == 201, answer.text
        return int(answer.json()["id"])


@dataclass
class Person:
    """Somebody who may be told something."""

    url: str
    email: str
    headers: Headers
    subject: str

    def listed(self) -> list[int]:
        """Read the ids of the list, the newest first."""
        answer = httpx2.get(f"{self.url}{NOTIFICATIONS}", headers=self.headers, timeout=20)
        return [each["id"] for each in answer.json()["items"]]


@dataclass
class Ear:
    """A client as an EventSource is one; it comes back until it is refused."""

    url: str
    headers: Headers
    heard: list[int] = field(default_factory=list[int])
    began: list[float] = field(default_factory=list[float])
    last: str = ""
    refused: bool = False
    over: bool = False

    def listen(self) -> None:
        """Listen again and again."""
        while not (self.over or self.refused):
            with suppress(httpx2.TransportError):
                self.hear()

    def hear(self) -> None:
        """Listen once."""
        headers = {**self.headers, **({"Last-Event-ID": self.last} if self.last else {})}
        began = time.monotonic()
        with httpx2.stream("GET", f"{self.url}{EVENTS}", headers=headers, timeout=20) as answer:
            self.refused = answer.status_code == 401
            if answer.status_code == 200:
                self.began.append(began)
                self.read(answer)

    def read(self, answer: httpx2.Response) -> None:
        """Note what it is told, and the id, which closes each event."""
        for line in answer.iter_lines():
            if line.startswith("data: "):
                self.heard.append(json.loads(line.removeprefix("data: "))["id"])
            elif line.startswith("id: "):
                self.last = line.removeprefix("id: ")
            if self.over:
                return


@pytest.fixture(scope="module")
def bench(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Generator[Workbench]:
    """A service with users and keys, and routes that go wrong."""
    answers = {"orm": "sqlalchemy", "database": "postgresql", "auth": "both", "celery": False}
    variant = variant_with(**answers, events=True)
    with workbench(variant, tmp_path_factory.mktemp("told"), renders) as bench:
        stage_generate(bench)
        stage_install(bench)
        (bench.project / "app/api/v1/probe.py").write_text(ROUTES)
        stage_production(bench)
        stage_migrate(bench)
        assert bench.database
        for statement in TABLES:
            bench.database.run(statement)
        yield bench


@pytest.fixture(scope="module")
def place(bench: Workbench, tmp_path_factory: pytest.TempPathFactory) -> Generator[Place]:
    """Two replicas of two workers each, with a Redis of their own."""
    with private_redis(tmp_path_factory.mktemp("redis") / "files") as redis:
        replicas = [start(bench, redis, name) for name in ("one", "two")]
        yield Place(bench, replicas, redis, bench.identity.sign_in(replicas[0].url))


def start(bench: Workbench, redis: Redis, name: str) -> Server:
    """Start one as in production."""
    variables = {**bench.platform, "LIVE_LIFETIME": str(LIFETIME)}
    return start_replica(bench, bench.production, redis, name, **variables)


@pytest.fixture(scope="module")
def ada(place: Place) -> Person:
    """Somebody."""
    return person(place, "ada@example.com")


@pytest.fixture(scope="module")
def ben(place: Place) -> Person:
    """Somebody else."""
    return person(place, "ben@example.com")


def person(place: Place, email: str) -> Person:
    """Make an account and sign in."""
    url = place.replicas[0].url
    place.bench.command("create-admin", email, stdin=f"{PASSWORD}\n")
    headers = bearer(login(url, email))
    me = httpx2.get(f"{url}/api/v1/me", headers=headers, timeout=20).json()
    return Person(url, email, headers, me["subject"])


@contextmanager
def listening(place: Place, headers: Headers, number: int = EARS) -> Generator[list[Ear]]:
    """Listen at each replica; with ``EARS`` so often that each worker has some."""
    ears = [Ear(each.url, headers) for each in place.replicas for _ in range(number)]
    threads = [threading.Thread(target=ear.listen) for ear in ears]
    for thread in threads:
        thread.start()
    try:
        until(lambda: all(ear.last for ear in ears), "all listen", by=place.replicas)
        yield ears
    finally:
        for ear in ears:
            ear.over = True
        for thread in threads:
            thread.join()


def hear(place: Place, ears: list[Ear], number: int) -> None:
    """Wait until all have heard it."""
    until(lambda: all(number in ear.heard for ear in ears), "all hear", by=place.replicas)


def ask(place: Place, path: str) -> httpx2.Response:
    """Call a route of the probe."""
    return httpx2.post(f"{place.replicas[0].url}/api/v1/probe/{path}", timeout=20)


def test_once_and_to_one(place: Place, ada: Person, ben: Person) -> None:
    with listening(place, ada.headers) as hers, listening(place, ben.headers) as his:
        sent = [place.send(ada, number % 2) for number in range(10)]
        hear(place, hers, sent[-1])
        until(lambda: all(len(ear.began) > 2 for ear in hers), "all came back", by=place.replicas)
        other = place.send(ben)
        hear(place, his, other)

    assert [ear.heard for ear in hers] == [sent] * len(hers)
    assert [ear.heard for ear in his] == [[other]] * len(his)
    assert ada.listed()[:10] == sent[::-1]
    assert ben.listed() == [other]


@pytest.mark.parametrize("path", ["regret", "refusal"])
def test_not_committed(place: Place, ada: Person, path: str) -> None:
    """Neither what is rolled back nor what fails at its commit is said, or there."""
    before = ada.listed()
    with listening(place, ada.headers, 1) as ears:
        answer = ask(place, f"{path}/{ada.subject}")
        sent = place.send(ada)
        hear(place, ears, sent)

    assert answer.status_code == 409
    assert [ear.heard for ear in ears] == [[sent]] * len(ears)
    assert ada.listed()[:2] == [sent, *before[:1]]


def test_redis_is_away(place: Place, ada: Person) -> None:
    """Whoever sends does not notice, and the list has it; it is one line in the log."""
    with listening(place, ada.headers, 1) as ears:
        lines = unsaid(place)
        place.redis.way.cut()
        lost = place.send(ada)
        listed = ada.listed()
        place.redis.way.mend()
        until(lambda: all(map(is_well, place.replicas)), "all are well", by=place.replicas)
        sent = place.send(ada)
        hear(place, ears, sent)

    assert listed[0] == lost
    assert unsaid(place) == lines + 1
    assert [ear.heard for ear in ears] == [[sent]] * len(ears)


def unsaid(place: Place) -> int:
    """Count the lines of what was not said."""
    events = [parse(line).get("event") for each in place.replicas for line in each.lines()]
    return events.count("notifications not said")


def is_well(server: Server) -> bool:
    """Whether the process that answers hears, and Redis answers it."""
    return httpx2.get(f"{server.url}/readyz", timeout=20).json()["status"] == "ok"


def test_killed_before_it_is_said(place: Place, ada: Person) -> None:
    before = ada.listed()
    with listening(place, ada.headers, 1) as ears:
        with suppress(httpx2.TransportError):
            ask(place, f"death/{ada.subject}")
        until(lambda: ada.listed()[0] != before[0], "it is in the list", by=place.replicas)
        sent = place.send(ada)
        hear(place, ears, sent)

    assert [ear.heard for ear in ears] == [[sent]] * len(ears)
    assert ada.listed()[:3] == [sent, sent - 1, before[0]]


def session(person: Person) -> tuple[Headers, Callable[[], httpx2.Response]]:
    """Sign in, and give what ends the session."""
    headers = bearer(login(person.url, person.email))
    url = f"{person.url}/api/v1/auth/logout"
    return headers, lambda: httpx2.post(url, headers=headers, timeout=20)


def key(person: Person) -> tuple[Headers, Callable[[], httpx2.Response]]:
    """Make a key, and give what revokes it."""
    url = f"{person.url}{KEYS}"
    body = {"name": "ear", "scopes": list[str]()}
    made = httpx2.post(url, json=body, headers=person.headers, timeout=20).json()
    revoke = f"{url}/{made['id']}"
    headers = {"X-API-Key": made["key"]}
    return headers, lambda: httpx2.delete(revoke, headers=person.headers, timeout=20)


@pytest.mark.parametrize("credential", [session, key])
def test_whoever_is_revoked_hears_no_more(
    place: Place,
    ada: Person,
    credential: Callable[[Person], tuple[Headers, Callable[[], httpx2.Response]]],
) -> None:
    """The stream that is open ends with its lifetime, and no other begins."""
    headers, revoke = credential(ada)
    with listening(place, ada.headers, 1) as others, listening(place, headers, 1) as ears:
        first = place.send(ada)
        hear(place, [*others, *ears], first)
        assert revoke().status_code == 204
        revoked = time.monotonic()
        until(lambda: all(ear.refused for ear in ears), "all are refused", by=place.replicas)
        hear(place, others, place.send(ada))

    assert [ear.heard for ear in ears] == [[first]] * len(ears)
    assert all(began < revoked for ear in ears for began in ear.began)
