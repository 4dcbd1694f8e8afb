"""Files that are larger than a worker may be: streamed both ways, bounded, and in nobody's way."""

import hashlib
import select
import socket
from collections.abc import Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx2
import pytest

from tests.harness.identity import Headers
from tests.harness.renders import Renders
from tests.harness.servers import Server, processes
from tests.harness.stages.installing import stage_install, stage_production
from tests.harness.stages.migrating import stage_migrate
from tests.harness.stages.rendering import stage_generate
from tests.harness.variants import asked, variant_of
from tests.harness.workbench import Workbench, workbench

pytestmark = [pytest.mark.slow, pytest.mark.proven_by_content(programs=())]

FILES: Final = "/api/v1/files"
FORM: Final = {"Content-Type": "multipart/form-data; boundary=limit"}
HEAD: Final = (
    b"--limit\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\n"
    b"Content-Type: text/plain\r\n\r\n"
)
TAIL: Final = b"\r\n--limit--\r\n"
MEBIBYTE: Final = 1_048_576
BLOCK: Final = b"x" * MEBIBYTE
GIGABYTE: Final = 1024
LARGE: Final = 500
MOST: Final = 128
"""Mebibytes that a worker may have while it does that."""

GENEROUS: Final = {"UPLOAD_MAX_SIZE": str(600 * MEBIBYTE), "REQUEST_TIMEOUT": "300"}


@dataclass(frozen=True)
class Service:
    """One that runs, and who asks it."""

    server: Server
    headers: Headers

    def client(self) -> httpx2.Client:
        """Connect, as somebody who may."""
        return httpx2.Client(base_url=self.server.url, headers=self.headers, timeout=120)

    @property
    def pids(self) -> list[str]:
        """The numbers of its processes."""
        group = str(self.server.process.pid)
        return [pid for pid, _, its_group, *_ in processes() if its_group == group]

    def forget_peak(self) -> None:
        """Leave out what it took to sign in: hashing a password takes 64 MiB."""
        for pid in self.pids:
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def peak(self) -> int:
        """Give the mebibytes that the largest of its processes has had since then."""
        return max(int(line.split()[1]) // 1024 for pid in self.pids for line in high_water(pid))

    def send(self, size: int) -> httpx2.Response:
        """Send a file of so many mebibytes, which are never in memory here either."""
        length = str(len(HEAD) + size * MEBIBYTE + len(TAIL))
        with self.client() as client:
            headers = {**FORM, "Content-Length": length}
            return client.post(FILES, content=body(size), headers=headers)


def high_water(pid: str) -> list[str]:
    """Read the line on its memory; a process may have ended meanwhile."""
    with suppress(FileNotFoundError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
        return [line for line in lines if line.startswith("VmHWM:")]
    return []


def body(size: int) -> Iterator[bytes]:
    """Write a form with a file."""
    yield HEAD
    for _ in range(size):
        yield BLOCK
    yield TAIL


@pytest.fixture(scope="module")
def bench(renders: Renders, tmp_path_factory: pytest.TempPathFactory) -> Generator[Workbench]:
    """A service with users and files, installed and migrated."""
    variant = variant_of(asked({"uploads": "disk"}))
    with workbench(variant, tmp_path_factory.mktemp("large"), renders) as bench:
        stage_generate(bench)
        stage_install(bench)
        stage_production(bench)
        stage_migrate(bench)
        yield bench


@contextmanager
def served(bench: Workbench, name: str, **settings: str) -> Generator[Service]:
    """Run it in production, one worker, with some settings."""
    python = bench.production / ".venv/bin/python"
    variables = {"ENVIRONMENT": "production", "DRAIN_DELAY": "0", **bench.platform, **settings}
    server = bench.start(name, python, "-m", "app", folder=bench.production, **variables)
    server.await_ready()
    service = Service(server, bench.identity.sign_in(server.url))
    service.forget_peak()
    yield service
    server.stop()


def test_half_a_gigabyte(bench: Workbench) -> None:
    """It comes and goes in blocks, by a worker that could not hold a quarter of it."""
    with served(bench, "large", **GENEROUS) as service:
        answer = service.send(LARGE)
        assert answer.status_code == 201, answer.text
        (file,) = answer.json()["items"]
        digest = hashlib.sha256()
        with (
            service.client() as client,
            client.stream("GET", f"{FILES}/{file['id']}/content") as content,
        ):
            for block in content.iter_raw():
                digest.update(block)

        assert (file["size"], file["sha256"]) == (LARGE * MEBIBYTE, digest.hexdigest())
        assert service.peak() < MOST


@pytest.mark.parametrize("announced", [True, False], ids=["announced", "chunked"])
def test_a_gigabyte_too_much(bench: Workbench, announced: bool) -> None:
    """It is refused long before it is there, and the connection ends."""
    with served(bench, f"small-{announced}") as service:
        sent, answer = pour(service, announced=announced)

        assert answer.startswith(b"HTTP/1.1 413 ")
        assert b"\r\nconnection: close\r\n" in answer.lower()
        assert sent < GIGABYTE / 10
        assert service.peak() < MOST
        assert service.send(1).status_code == 201


def pour(service: Service, announced: bool) -> tuple[int, bytes]:
    """Send a gigabyte, or as much as is taken: give the mebibytes, and the answer."""
    fields = {**FORM, **service.headers, "Host": "test"}
    fields |= (
        {"Content-Length": str(GIGABYTE * MEBIBYTE)}
        if announced
        else {"Transfer-Encoding": "chunked"}
    )
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    block = BLOCK if announced else b"%x\r\n%b\r\n" % (MEBIBYTE, BLOCK)
    sent = 0
    with socket.create_connection(("127.0.0.1", service.server.port), timeout=60) as connection:
        connection.sendall(f"POST {FILES} HTTP/1.1\r\n{head}\r\n".encode())
        with suppress(ConnectionError):
            connection.sendall(HEAD if announced else b"%x\r\n%b\r\n" % (len(HEAD), HEAD))
            while sent < GIGABYTE and not select.select([connection], [], [], 0)[0]:
                connection.sendall(block)
                sent += 1
        return sent, b"".join(received(connection))


def received(connection: socket.socket) -> Iterator[bytes]:
    """Read to the end, which is a reset where the service has left something unread."""
    with suppress(ConnectionError):
        yield from iter(lambda: connection.recv(65_536), b"")


def test_fifty_at_once(bench: Workbench) -> None:
    """Each is stored, by one worker."""
    with served(bench, "fifty") as service, ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(service.send, [2] * 50))

        assert [each.status_code for each in answers] == [201] * 50
        assert service.peak() < 2 * MOST, "a block each"


def test_who_is_slow_holds_no_connection(bench: Workbench) -> None:
    """Twenty who send and take nothing more, and a pool of two: others are served."""
    pool = {"DATABASE_POOL_SIZE": "2", "DATABASE_MAX_OVERFLOW": "0", "DATABASE_POOL_TIMEOUT": "2"}
    with served(bench, "slow", **GENEROUS, **pool) as service, ExitStack() as slow:
        (file,) = service.send(64).json()["items"]
        for _ in range(10):
            slow.enter_context(idle(service, "POST", FILES, b"100000", HEAD))
            slow.enter_context(idle(service, "GET", f"{FILES}/{file['id']}/content"))

        with service.client() as client, ThreadPoolExecutor(4) as pool_of_clients:
            found = list(pool_of_clients.map(client.get, [FILES] * 40))

        assert {each.status_code for each in found} == {200}


@contextmanager
def idle(
    service: Service, method: str, path: str, length: bytes = b"0", begin: bytes = b""
) -> Generator[None]:
    """Ask for something, and then neither send nor read more; the service has begun with it."""
    fields = {**FORM, **service.headers, "Host": "test", "Content-Length": length.decode()}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    with socket.create_connection(("127.0.0.1", service.server.port), timeout=60) as connection:
        connection.sendall(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + begin)
        if method == "GET":
            assert connection.recv(16).startswith(b"HTTP/1.1 200")
        yield
