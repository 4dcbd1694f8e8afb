"""A file that is touched as long as a process works: for probes that cost nothing."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Final

PERIOD: Final = 5.0
"""Seconds between two touches; a probe may be patient for several."""


@contextmanager
def heartbeat(file: Path | None, is_alive: Callable[[], bool]) -> Generator[None]:
    """Touch the file meanwhile, and remove it at the end."""
    if file is None:
        yield
        return
    ended = Event()
    thread = Thread(target=touch, args=(file, is_alive, ended), name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        file.unlink(missing_ok=True)


def touch(file: Path, is_alive: Callable[[], bool], ended: Event) -> None:
    """Touch the file as long as there is life."""
    while not ended.wait(PERIOD if file.exists() else 0.1):
        if is_alive():
            file.touch()
