"""The model of this machine: the one at UPSTREAM_MODEL_URL, or a small one of our own."""

import os
import socket
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Final

from scripts.local import process

VARIABLE: Final = "UPSTREAM_MODEL_URL"
HOST: Final = "127.0.0.1"
SECONDS_TO_START: Final = 10


@contextmanager
def provided_model() -> Generator[None]:
    """Have UPSTREAM_MODEL_URL set; anywhere but here that is the settings' task."""
    if os.environ.get(VARIABLE) or os.environ.get("ENVIRONMENT") != "development":
        yield
        return
    port = free_port()
    with process("scripts.model", "--port", str(port)):
        await_answer(port)
        os.environ[VARIABLE] = f"http://{HOST}:{port}"
        yield


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server((HOST, 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


def await_answer(port: int) -> None:
    """Wait until it listens, or say in one sentence that it does not."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not answers(port):
        if time.monotonic() > deadline:
            raise SystemExit("The model server does not start: see the lines above.")
        time.sleep(0.05)


def answers(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex((HOST, port)) == 0
