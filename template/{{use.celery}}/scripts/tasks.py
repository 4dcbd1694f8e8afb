"""The worker and beat on this machine, with reload."""

import shlex
import sys
from collections.abc import Generator
from contextlib import contextmanager

from scripts.local import process


@contextmanager
def worker() -> Generator[None]:
    """Run tasks, and start again whenever the code changes."""
    with reloaded("worker"):
        yield


@contextmanager
def beat() -> Generator[None]:
    """Send periodic tasks, and start again whenever the code changes."""
    with reloaded("beat"):
        yield


@contextmanager
def reloaded(name: str) -> Generator[None]:
    """Run a command of the service; SIGINT has the worker finish its tasks."""
    command = shlex.join((sys.executable, "-m", "app.cli", name))
    with process("watchfiles", "--filter", "python", "--sigint-timeout", "5", command, "app"):
        yield
