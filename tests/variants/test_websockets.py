"""Sockets over two replicas of two workers: each message once, in order, whatever happens."""

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

from tests.harness.faulty import until
from tests.harness.logs import check_log, parse
from tests.harness.renders import Renders
from tests.harness.replicas import FAULTS, Redis, private_redis, start_replica
from tests.harness.servers import Server
from tests.harness.socket_program import MEMBERS, RUDE
from tests.harness.stages.installing import stage_install
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import asked, variant_of
from tests.harness.workbench import Workbench, workbench

pytestmark = [pytest.mark.slow, pytest.mark.proven_by_content(programs=("redis-server",))]

SOCKET: Final = "/api/v1/live/ws"


@dataclass
class Room:
    """The members, as far as they have come."""

    process: subprocess.Popen[str]
    seen: dict[str, Any] = field(default_factory=dict[str, Any])

    def read(self) -> None:
        """Take what they print."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.seen = json.loads(line)

    @property
    def said(self) -> list[int]:
        """The numbers of which it is certain that they were said."""
        return self.seen.get("said", [])

    def goes_on(self, replicas: list[Server]) -> None:
        """Wait until more is said."""
        before = len(self.said)
        until(lambda: len(self.said) > before + 5, "it goes on", by=replicas)


@pytest.fixture(scope="module")
def bench(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Generator[Workbench]:
    """A service with sockets."""
    chosen = {"orm": "none", "auth": "none", "sample": "none", "websockets": True}
    with workbench(variant_of(asked(chosen)), tmp_path_factory.mktemp("ws"), renders) as bench:
        stage_generate(bench)
        stage_install(bench)
        (bench.folder / "members.py").write_text(MEMBERS)
        (bench.folder / "rude.py").write_text(RUDE)
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
    variables = {"KEEP_ALIVE": "3", "SOCKET_LIFETIME": "20"}
    return start_replica(bench, bench.project, redis, name, **variables)


@contextmanager
def program(bench: Workbench, name: str, *urls: str) -> Generator[subprocess.Popen[str]]:
    """Run a client."""
    command: list[str | Path] = [bench.project / ".venv/bin/python", bench.folder / name, *urls]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


@contextmanager
def talk(bench: Workbench, replicas: list[Server]) -> Generator[Room]:
    """Have somebody speak to members; in the end all of them have heard the same."""
    with program(bench, "members.py", *(each.url for each in replicas)) as process:
        room = Room(process)
        reading = threading.Thread(target=room.read)
        reading.start()
        until(lambda: len(room.said) > 5, "something is said", by=replicas)
        yield room
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
        until(lambda: "is_final" in room.seen, "all have heard all", by=replicas)
    reading.join()
    check(room)


def check(room: Room) -> None:
    """Each has heard everything once, and in order."""
    everybody: list[list[tuple[str, int]]] = room.seen["heard"]
    first = everybody[0]
    numbers = [number for _, number in first]
    assert numbers == sorted(set(numbers))
    assert set(room.said) <= set(numbers)
    assert all(heard == first for heard in everybody)
    assert all(name == ("one", "two")[number % 2] for name, number in first)
    assert room.seen["resets"] == 0


@pytest.mark.parametrize("fault", FAULTS)
def test_redis_fails(
    bench: Workbench, replicas: list[Server], redis: Redis, fault: Callable[[Redis], None]
) -> None:
    """Nothing is missed, nothing comes twice, and all is well again by itself."""
    with talk(bench, replicas) as room:
        fault(redis)
        room.goes_on(replicas)


def test_all_come_back(bench: Workbench, replicas: list[Server]) -> None:
    """When a socket's time is over, it ends with 1012, and its client goes on elsewhere."""
    with talk(bench, replicas) as room:
        until(lambda: all(n > 1 for n in room.seen["sockets"]), "all came back", by=replicas)

    assert set(room.seen["codes"]) == {1012}


def test_a_replica_ends(bench: Workbench, replicas: list[Server], redis: Redis) -> None:
    """It closes its sockets with 1012, waits for none, and logs no ticket."""
    third = start(bench, redis, "three")
    alive = [*replicas, third]
    with talk(bench, alive) as room:
        third.stop()
        room.goes_on(replicas)

    assert 1012 in room.seen["codes"]
    check_log(third.lines())
    assert not any("ticket=" in line for line in third.lines())
    sockets = [record for line in third.lines() if (record := parse(line))["event"] == "socket"]
    assert {each["path"] for each in sockets} == {SOCKET}
    assert 1012 in {each["closed"] for each in sockets}


def test_a_worker_is_killed(bench: Workbench, replicas: list[Server]) -> None:
    with talk(bench, replicas) as room:
        os.kill(workers(replicas[0])[0], signal.SIGKILL)
        room.goes_on(replicas)


def test_rude_clients(bench: Workbench, replicas: list[Server]) -> None:
    """Nobody else notices, and nothing of them is held afterwards."""
    until(lambda: open_sockets(replicas) == 0, "nothing is open", by=replicas)
    with talk(bench, replicas) as room, program(bench, "rude.py", replicas[0].url) as rude:
        assert rude.stdout
        assert rude.stdin
        assert [json.loads(next(rude.stdout)) for _ in range(4)] == [1013, 1009, 1013, 200]
        room.goes_on(replicas)
        rude.stdin.write("\n")
        rude.stdin.flush()

    until(lambda: open_sockets(replicas) == 0, "nothing is held", by=replicas)


def workers(server: Server) -> list[int]:
    """Find the processes that serve."""
    text = Path(f"/proc/{server.master()}/task/{server.master()}/children").read_text()
    return [int(pid) for pid in text.split()]


def open_sockets(servers: list[Server]) -> int:
    """Count the connections that clients have with the replicas."""
    ports = {f"{server.port:04X}" for server in servers}
    lines = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return sum(line[1].split(":")[1] in ports and line[3] == "01" for line in lines)
