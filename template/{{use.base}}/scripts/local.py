"""What the scripts share."""

import os
import signal
import subprocess
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from dotenv import load_dotenv

SECONDS_TO_END: Final = 10


def load_environment() -> None:
    """Take the variables from ``.env`` that are not set."""
    load_dotenv(Path(".env"))


def call(command: Sequence[str]) -> int:
    """Run a command of the environment, and return its exit status; a Ctrl-C is its to answer."""
    os.environ["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    child = subprocess.Popen(command)  # noqa: S603 - what the developer asked for
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:
            continue


@contextmanager
def process(module: str, *arguments: str) -> Generator[None]:
    """Run ``python -m module`` meanwhile. At the end it is asked to stop, and soon made to.

    In a session of its own no Ctrl-C reaches it past us, and what it has started ends with it.
    """
    child = subprocess.Popen(  # noqa: S603 - our own arguments
        [sys.executable, "-m", module, *arguments], start_new_session=True
    )
    try:
        yield
    finally:
        child.terminate()
        with suppress(subprocess.TimeoutExpired):
            child.wait(SECONDS_TO_END)
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
