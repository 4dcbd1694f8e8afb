"""A generated service as a real process on a real port."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import httpx2

from tests.harness.commands import tail

LONGEST_START: Final = 60.0
LONGEST_STOP: Final = 10.0
LONGEST_REST: Final = 2.0
PERIOD: Final = 0.05


class ServerError(AssertionError):
    """A service did not start, or did not end as it should. Shows the end of its log."""


@dataclass
class Server:
    """A process group that was started here, and where its answers and its log are."""

    command: tuple[str | Path, ...]
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    def lines(self) -> list[str]:
        """Read what it has printed so far."""
        return self.log.read_text().splitlines()

    def await_ready(self) -> None:
        """Wait until /readyz answers 200; the last answer explains why it does not."""
        deadline = time.monotonic() + LONGEST_START
        last = "no answer"
        while time.monotonic() < deadline and self.process.poll() is None:
            with contextlib.suppress(httpx2.TransportError):
                answer = httpx2.get(f"{self.url}/readyz", timeout=5)
                if answer.status_code == 200:
                    return
                last = f"{answer.status_code} {answer.text}"
            time.sleep(PERIOD)
        ended = f"ended with {self.process.returncode}" if self.process.returncode else "runs"
        raise self.error(f"is not ready ({last}) and {ended}")

    def stop(self) -> None:
        """Send SIGTERM to the server itself; it has to end with 0, in time, and completely."""
        os.kill(self.master(), signal.SIGTERM)
        try:
            code = self.process.wait(LONGEST_STOP)
        except subprocess.TimeoutExpired:
            raise self.error(f"ignores SIGTERM for {LONGEST_STOP:.0f} s") from None
        if code != 0:
            raise self.error(f"ends with {code} on SIGTERM, not with 0")
        deadline = time.monotonic() + LONGEST_REST
        while rest := members(self.process.pid):
            if time.monotonic() > deadline:
                raise self.error(f"leaves processes behind: {rest}")
            time.sleep(PERIOD)

    def master(self) -> int:
        """Find the server: a ``make`` that was started in its place has it as its child."""
        if Path(str(self.command[0])).name != "make":
            return self.process.pid
        return next(int(pid) for pid, parent, *_ in processes() if int(parent) == self.process.pid)

    def kill(self) -> None:
        """End whatever is left of it."""
        if members(self.process.pid):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def error(self, what: str) -> ServerError:
        """Say what is wrong, with the end of the log."""
        return ServerError(f"the service {what}\n{tail(self.log.read_text())}")


@contextlib.contextmanager
def started(
    *command: str | Path, folder: Path, variables: Mapping[str, str], log: Path
) -> Generator[Server]:
    """Start a service on a free port, in a process group of its own; nothing of it survives."""
    port = free_port()
    with log.open("wb") as output:
        process = _start(command, folder, {**variables, "PORT": str(port)}, output)
    server = Server(command, process, port, log)
    try:
        yield server
    finally:
        server.kill()


def _start(
    command: tuple[str | Path, ...], folder: Path, variables: dict[str, str], output: IO[bytes]
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=folder,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def free_port() -> int:
    """Let the system name a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def members(group: int) -> list[str]:
    """Name the processes of a group that still run; what has ended and was not fetched does not."""
    return [
        command
        for _, _, its_group, state, command in processes()
        if int(its_group) == group and not state.startswith("Z")
    ]


def processes() -> list[list[str]]:
    """List all processes: number, parent, group, state and command."""
    listing = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid=,pgid=,stat=,args="],
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.split(maxsplit=4) for line in listing.stdout.splitlines()]
