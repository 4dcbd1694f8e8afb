"""The service under attack: a process with one worker, and what the kernel knows of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx2

from tests.support.server import ROOT, SECONDS_TO_END, listen, port_of

PATIENCE: Final = 1
"""Seconds until it hangs up; twice as many until a request is over."""
LISTENING: Final = "0A"
TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Victim:
    """A server of one worker, in ``/proc``."""

    host: str
    port: int
    worker: Path

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://{self.host}:{self.port}"

    @property
    def is_alive(self) -> bool:
        """Whether it is still the same process."""
        return self.worker.exists()

    def seconds(self) -> float:
        """Say how much processor time it has taken so far."""
        fields = (self.worker / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def megabytes(self) -> float:
        """Say how much memory it has held at the most, since ``forget()``."""
        lines = (self.worker / "status").read_text().splitlines()
        (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
        return int(peak) / 1024

    def forget(self) -> None:
        """Measure memory anew from here on."""
        (self.worker / "clear_refs").write_text("5")

    def sockets(self) -> int:
        """Count the clients' connections that are not closed on this side."""
        return sum(is_held(line, self.port) for line in connections())

    def let_go(self, sockets: int) -> bool:
        """Wait until it holds no more than so many."""
        end = time.monotonic() + SECONDS_TO_END
        while self.sockets() > sockets and time.monotonic() < end:
            time.sleep(PATIENCE / 10)
        return self.sockets() <= sockets


def connections() -> Iterator[list[str]]:
    """List what the kernel knows of TCP, in fields (proc(5)); without IPv6 there is one table."""
    for table in filter(Path.exists, (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))):
        for line in table.read_text().splitlines()[1:]:
            yield line.split()


def is_held(connection: list[str], port: int) -> bool:
    """Whether it leads to a port, and somebody has it open."""
    place, state, inode = connection[1], connection[3], connection[9]
    return int(place.rpartition(":")[2], 16) == port and state != LISTENING and inode != "0"


@contextmanager
def victim(folder: Path, host: str) -> Generator[Victim]:
    """Serve with little patience, until the end of the block."""
    with listen() as taken:
        port = port_of(taken)
    patience = {"KEEP_ALIVE": str(PATIENCE), "REQUEST_TIMEOUT": str(2 * PATIENCE)}
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(  # noqa: S603 - ours
            [sys.executable, "-m", "gunicorn", "--config", str(ROOT / "gunicorn.conf.py")],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "HOST": host, "PORT": port, **patience},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield Victim(host, int(port), worker_of(process, f"http://{host}:{port}"))
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # its worker, too
            process.wait()


def worker_of(process: "subprocess.Popen[bytes]", url: str) -> Path:
    """Wait until the worker answers, and find it."""
    transport = httpx2.HTTPTransport(retries=10)  # each after twice as long
    with httpx2.Client(transport=transport) as client:
        client.get(f"{url}/healthz").raise_for_status()
    (child,) = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return Path(f"/proc/{child}")
