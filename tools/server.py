"""The demo's service as a group of processes that end with it."""

import os
import signal
import subprocess
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.client import DemoError

SECONDS_TO_END = 20
SECONDS_TO_VANISH = 10
SECONDS_BETWEEN = 0.05
_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Server:
    """Watch a command that runs in a process group of its own."""

    def __init__(self, process: subprocess.Popen[bytes], name: str) -> None:
        self._process = process
        self._name = name

    def check(self) -> None:
        """Raise when it has ended."""
        code = self._process.poll()
        if code is not None:
            raise DemoError(f"`{self._name}` ended with exit code {code}")

    def wait(self) -> None:
        """Wait until it ends by itself.

        In short steps: a signal that comes just before a long wait would be heeded only after it.
        """
        while self._process.poll() is None:
            time.sleep(SECONDS_BETWEEN)

    def end(self) -> None:
        """End the whole group: first ask, then kill."""
        self._signal(signal.SIGTERM)
        self._await_end(SECONDS_TO_END)
        self._signal(signal.SIGKILL)
        self._await_end(SECONDS_TO_VANISH)

    def _await_end(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self._is_alive() and time.monotonic() < end:
            time.sleep(SECONDS_BETWEEN)

    def _is_alive(self) -> bool:
        self._process.poll()
        return self._signal(0)

    def _signal(self, number: int) -> bool:
        """Send a signal to the group, and tell whether the group still exists."""
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return False
        return True


@contextmanager
def running(command: Sequence[str], environment: Mapping[str, str], log: Path) -> Generator[Server]:
    """Yield the running command, and end all of its processes afterwards."""
    with log.open("a") as output:
        process = subprocess.Popen(
            list(command),
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    server = Server(process, " ".join(command))
    try:
        yield server
    finally:
        with _unstoppable():
            server.end()


@contextmanager
def _unstoppable() -> Generator[None]:
    """Let nothing cut the end short."""
    before = {number: signal.signal(number, signal.SIG_IGN) for number in _STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
