"""Keep the server and its load apart: the first core serves, the last one asks."""

import functools
import os
from collections.abc import Generator
from contextlib import contextmanager


@functools.cache
def available() -> tuple[int, ...]:
    """List the cores that this process had in the beginning."""
    if hasattr(os, "sched_getaffinity"):
        return tuple(sorted(os.sched_getaffinity(0)))
    return tuple(range(os.cpu_count() or 1))


@contextmanager
def pinned(core: int) -> Generator[None]:
    """Keep this process, and whatever it starts meanwhile, on one core where the system can."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {core})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def serving_core() -> int:
    """Return the core for what is measured."""
    return available()[0]


def asking_core() -> int:
    """Return the core for what measures."""
    return available()[-1]
