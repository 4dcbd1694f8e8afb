"""A way to a server that can be cut."""

import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager, suppress


class Relay:
    """Listens on a port of this machine, and passes everything on to a server."""

    def __init__(self, server: tuple[str, int]) -> None:
        self.server = server
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.open: list[socket.socket] = []
        self.accept()

    def accept(self) -> None:
        """Take connections from now on."""
        threading.Thread(target=self.serve, args=(self.listener,), daemon=True).start()

    def serve(self, listener: socket.socket) -> None:
        """Connect each client to the server, until the listener is closed."""
        with suppress(OSError):
            while True:
                client, _ = listener.accept()
                server = socket.create_connection(self.server)
                self.open += [client, server]
                for source, target in ((client, server), (server, client)):
                    threading.Thread(target=pass_on, args=(source, target), daemon=True).start()

    def cut(self) -> None:
        """End every connection, and take no more."""
        shut(self.listener)
        while self.open:
            shut(self.open.pop())

    def mend(self) -> None:
        """Listen again, at the same port."""
        self.listener = socket.create_server(("127.0.0.1", self.port))
        self.accept()


def pass_on(source: socket.socket, target: socket.socket) -> None:
    """Carry bytes until one side ends."""
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    shut(target)


def shut(end: socket.socket) -> None:
    """End a connection, or a listener, also for the thread that waits for it."""
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()


@contextmanager
def relay(server: tuple[str, int]) -> Generator[Relay]:
    """Open a way meanwhile."""
    way = Relay(server)
    try:
        yield way
    finally:
        way.cut()
