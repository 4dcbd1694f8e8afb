"""Requests that go on while something is done to whoever answers them."""

from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import httpx2

SENDERS = 4


@contextmanager
def load(request: Callable[[], httpx2.Response]) -> Generator[list[str]]:
    """Send a request over and over meanwhile; collects what went wrong."""
    failures: list[str] = []
    over = Event()

    def send() -> int:
        sent = 0
        while not over.is_set():
            try:
                answer = request()
                failures.extend([] if answer.is_success else [str(answer.status_code)])
            except httpx2.HTTPError as error:
                failures.append(repr(error))
            sent += 1
        return sent

    with ThreadPoolExecutor() as pool:
        senders = [pool.submit(send) for _ in range(SENDERS)]
        try:
            yield failures
        finally:
            over.set()
        assert sum(sender.result() for sender in senders) > 100
