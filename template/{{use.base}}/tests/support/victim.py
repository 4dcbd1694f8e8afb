"""The service under attack: a process with one worker, and what the kernel knows of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx2

from tests.support.server import ROOT, SECONDS_TO_END, listen, port_of

PATIENCE: Final = 1
"""Seconds until it hangs up; twice as many until a request is over."""
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
        """Count what it holds open."""
        return sum(is_socket(each) for each in (self.worker / "fd").iterdir())

    def let_go(self, sockets: int) -> bool:
        """Wait until it holds no more than so many."""
        end = time.monotonic() + SECONDS_TO_END
        while self.sockets() > sockets and time.monotonic() < end:
            time.sleep(PATIENCE / 10)
        return self.sockets() <= sockets


def is_socket(descriptor: Path) -> bool:
    """Whether it is one, and still open."""
    try:
        return descriptor.readlink().name.startswith("socket:")
    except FileNotFoundError:
        return False


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
