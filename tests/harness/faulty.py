"""A service with tasks whose effects can be counted, beside a broker and a database that fail."""

import json
import os
import signal
import time
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Event
from typing import Final, cast
from urllib.parse import urlsplit

import httpx2

from tests.harness.commands import tail
from tests.harness.databases import execute
from tests.harness.faulty_program import FAULTY
from tests.harness.places import REPORTS
from tests.harness.private import PrivateBroker, private_broker
from tests.harness.relay import Relay, relay
from tests.harness.renders import Renders
from tests.harness.servers import PERIOD, Server
from tests.harness.services import address
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.values import Value
from tests.harness.variants import asked, variant_of
from tests.harness.workbench import Workbench, workbench

LIMITS: Final = {
    "redis": {"CELERY_VISIBILITY_TIMEOUT": "16"},
    "rabbitmq": {},
}
"""The shortest that the service takes, so that the proof does not take long."""


@dataclass
class Stand:
    """The service, installed and migrated, and what it depends on."""

    bench: Workbench
    name: str
    broker: PrivateBroker
    way: Relay
    limits: dict[str, str]
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def variables(self) -> dict[str, str]:
        """The environment of each process."""
        assert self.bench.database
        url = urlsplit(self.bench.database.url)
        place = url._replace(netloc=url.netloc.rpartition("@")[0] + f"@127.0.0.1:{self.way.port}")
        return {
            "DATABASE_URL": place.geturl(),
            "CELERY_BROKER_URL": self.broker.url,
            "CELERY_TASK_TIMEOUT": "5",
            "CELERY_MAX_RETRIES": "5",
            "CELERY_LONGEST_PAUSE": "5",
            **self.limits,
        }

    def start(self, role: str, **variables: str) -> Server:
        """Start a process of the service."""
        python = self.bench.project / ".venv/bin/python"
        together = {**self.variables, **variables}
        log = f"{role}-{time.monotonic_ns()}"
        return self.bench.start(
            log, python, "-m", "faulty", role, folder=self.bench.project, **together
        )

    def begun(self, number: int) -> int:
        """Count how often an effect was begun."""
        path = self.bench.project / "begun"
        return path.read_text().split().count(str(number)) if path.exists() else 0

    def effects(self) -> list[int]:
        """Read which effects there were."""
        assert self.bench.database
        return [int(number) for number in self.bench.database.column("effects", "number")]

    def dead(self) -> str:
        """List the tasks that were given up."""
        return self.bench.tool("python", "-m", "app.cli", "dead-tasks", **self.variables)

    def record(self, **figures: float) -> None:
        """Add figures to a report of this service's own."""
        REPORTS.mkdir(exist_ok=True)
        report = REPORTS / f"tasks-{self.name}.json"
        known = cast("dict[str, float]", json.loads(report.read_text()) if report.exists() else {})
        known |= {name: round(each, 3) for name, each in figures.items()}
        report.write_text(json.dumps(known, indent=2) + "\n")


@contextmanager
def stand(orm: str, broker: str, folder: Path, renders: Renders) -> Generator[Stand]:
    """Set everything up on PostgreSQL."""
    chosen: dict[str, Value] = {"orm": orm, "auth": "none", "celery": True, "broker": broker}
    variant = variant_of(asked(chosen))
    with (
        workbench(variant, folder, renders) as bench,
        private_broker(broker, folder / "broker") as own,
    ):
        stage_generate(bench)
        stage_install(bench)
        assert bench.database
        with relay(address(bench.database.url)) as way:
            made = Stand(bench, f"{broker}-{orm}", own, way, LIMITS[broker])
            (bench.project / "faulty.py").write_text(FAULTY)
            bench.make("migrate", **made.variables)
            execute(bench.database.url, "CREATE TABLE effects (number int)")
            yield made


def kill(process: Server) -> None:
    """End a process and its children as a lost machine does."""
    os.killpg(process.process.pid, signal.SIGKILL)
    process.process.wait()


def until(
    condition: Callable[[], bool], what: str, seconds: float = 60, *, by: Iterable[Server] = ()
) -> float:
    """Wait for something that some processes do, and say how long it took."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            logs = "\n\n".join(tail(each.log.read_text()) for each in by)
            raise AssertionError(f"not in {seconds:.0f} s: {what}\n{logs}")
        time.sleep(PERIOD)
    return time.monotonic() - began


def submit(api: Server, number: int, milliseconds: int = 0) -> float:
    """Hand an effect in; it must be accepted. Say how long the answer took."""
    began = time.monotonic()
    answer = httpx2.post(f"{api.url}/effects/{number}?milliseconds={milliseconds}", timeout=20)
    assert answer.status_code == 200, answer.text
    return time.monotonic() - began


def spoil(api: Server, kind: str) -> None:
    """Hand in a task that ends its process (poison), or that never lets go of it (stuck)."""
    assert httpx2.post(f"{api.url}/{kind}", timeout=20).status_code == 200


@dataclass
class Load:
    """What was handed in, and how long each answer took."""

    numbers: list[int] = field(default_factory=list[int])
    seconds: list[float] = field(default_factory=list[float])


@contextmanager
def load(service: Stand, api: Server) -> Generator[Load]:
    """Hand in tasks meanwhile, each over a connection of its own; each has to be accepted."""
    done, over = Load(), Event()

    def send() -> None:
        while not over.wait(0.05):
            number = next(service.numbers)
            done.seconds.append(submit(api, number))
            done.numbers.append(number)

    with ThreadPoolExecutor() as pool:
        senders = [pool.submit(send) for _ in range(2)]
        try:
            yield done
        finally:
            over.set()
        for sender in senders:
            sender.result()
