"""A closed-loop HTTP load generator that needs nothing but Python.

`python loadgen.py PORT PATH CONNECTIONS SECONDS HEADERS [BODY]` keeps one request in flight on each
keep-alive connection and prints a JSON object. It asks with GET, or with POST and a body of JSON in
which ``#`` is another number each time. Raw sockets and epoll keep its own cost far under a
server's.
"""

import json
import select
import socket
import sys
import time
from collections.abc import Iterator
from itertools import count, repeat

SILENCE = 30
HEAD_END = b"\r\n\r\n"


class Connection:
    """Hold one keep-alive connection and what has arrived of its response."""

    def __init__(self, port: int, requests: Iterator[bytes]) -> None:
        """Connect to the local server."""
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=10)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests = requests
        self.received = b""
        self.sent = 0.0

    def send(self) -> None:
        """Ask again."""
        self.received = b""
        self.sent = time.perf_counter()
        self.socket.sendall(next(self.requests))

    def finished(self) -> bool:
        """Read what is there and tell whether the response is whole."""
        chunk = self.socket.recv(262144)
        if not chunk:
            raise ConnectionError("the server closed a connection")
        self.received = self.received + chunk if self.received else chunk
        head = self.received.find(HEAD_END)
        return head >= 0 and len(self.received) >= head + 4 + self.length(head)

    def length(self, head: int) -> int:
        """Return the size that the head of the response announces."""
        lowered = self.received[:head].lower()
        start = lowered.find(b"content-length:")
        if start < 0:
            raise ConnectionError("a response without Content-Length")
        return int(lowered[start + 15 :].split(b"\r\n", 1)[0])

    def succeeded(self) -> bool:
        """Tell whether the answer was 200 or 201."""
        return self.received.startswith((b"HTTP/1.1 200 ", b"HTTP/1.1 201 "))


def generate(connections: list[Connection], seconds: float) -> tuple[list[float], int]:
    """Ask until the time is over, wait for what is under way; return latencies and failures."""
    by_number = {connection.socket.fileno(): connection for connection in connections}
    poller = select.epoll()
    for number in by_number:
        poller.register(number, select.EPOLLIN)
    latencies: list[float] = []
    failures = 0
    for connection in connections:
        connection.send()
    end, under_way = time.perf_counter() + seconds, len(connections)
    while under_way:
        ready = poller.poll(SILENCE)
        if not ready:
            raise TimeoutError("the server fell silent")
        for number, _ in ready:
            connection = by_number[number]
            if not connection.finished():
                continue
            now = time.perf_counter()
            latencies.append(now - connection.sent)
            failures += not connection.succeeded()
            if now < end:
                connection.send()
            else:
                under_way -= 1
    poller.close()
    return latencies, failures


def requests(port: str, path: str, headers: list[str], body: str | None) -> Iterator[bytes]:
    """Yield the same GET, or a POST of its own, again and again."""
    lines = [f"Host: 127.0.0.1:{port}", "Accept: */*", "User-Agent: benchmark", *headers]
    head = f"{path} HTTP/1.1\r\n" + "".join(f"{line}\r\n" for line in lines)
    if body is None:
        yield from repeat(f"GET {head}\r\n".encode())
        return
    for number in count(time.time_ns()):
        content = body.replace("#", str(number)).encode()
        kind = f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        yield f"POST {head}{kind}".encode() + content


def main() -> None:
    """Generate the load of the command line and print what came of it."""
    port, path, number, seconds, headers, *body = sys.argv[1:]
    asked = requests(port, path, json.loads(headers), body[0] if body else None)
    connections = [Connection(int(port), asked) for _ in range(int(number))]
    start, cpu = time.perf_counter(), time.process_time()
    latencies, failures = generate(connections, float(seconds))
    elapsed, cpu = time.perf_counter() - start, time.process_time() - cpu
    for connection in connections:
        connection.socket.close()
    latencies.sort()
    result = {
        "rps": len(latencies) / elapsed,
        "p50_ms": latencies[len(latencies) // 2] * 1000,
        "p99_ms": latencies[int(len(latencies) * 0.99)] * 1000,
        "failures": failures,
        "requests": len(latencies),
        "busy": cpu / elapsed,
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
