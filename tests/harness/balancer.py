"""A load balancer in front of replicas, as small as one can be."""

import itertools
import socket
import threading
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from typing import Final

import httpx2

from tests.harness.relay import pass_on, shut

PERIOD: Final = 5.0
FAILURES: Final = 2
"""What `.env.example` says of the probe that the default of DRAIN_DELAY is made for."""


class Balancer:
    """Hands each connection to the next replica that the probe has found ready."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.ready = dict.fromkeys(ports, True)
        self.turn = itertools.cycle(ports)
        self.over = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()
        for port in ports:
            threading.Thread(target=self.probe, args=(port,), daemon=True).start()

    def probe(self, port: int) -> None:
        """Ask it over and over whether it is ready."""
        failures = 0
        while not self.over.is_set():
            failures = 0 if is_ready(port) else failures + 1
            self.ready[port] = failures < FAILURES
            self.over.wait(PERIOD)

    def serve(self) -> None:
        """Carry each connection to where it goes; one that nobody takes is lost."""
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self.choose()), timeout=5)
                except OSError:
                    shut(client)
                    continue
                server.settimeout(None)
                for source, target in ((client, server), (server, client)):
                    threading.Thread(target=pass_on, args=(source, target), daemon=True).start()

    def choose(self) -> int:
        """Take the next one that is ready."""
        return next(port for port in self.turn if self.ready[port])


def is_ready(port: int) -> bool:
    """Whether a replica says so."""
    try:
        return httpx2.get(f"http://127.0.0.1:{port}/readyz", timeout=2).status_code == 200
    except httpx2.TransportError:
        return False


@contextmanager
def balanced(*ports: int) -> Generator[Balancer]:
    """Balance meanwhile."""
    balancer = Balancer(ports)
    try:
        yield balancer
    finally:
        balancer.over.set()
        shut(balancer.listener)
