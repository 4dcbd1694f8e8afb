"""Run a contender on gunicorn with one uvicorn worker, as in production."""

import http.client
import json
import socket
import subprocess
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

from benchmarks.contenders import Contender
from benchmarks.cores import pinned, serving_core
from benchmarks.processes import BenchmarkError

START_LIMIT = 30.0
POLL = 0.005


@dataclass(frozen=True)
class Server:
    """Hold a server that answers."""

    pid: int
    port: int
    first_200: float

    def get(self, path: str) -> object:
        """Return the JSON body of a path."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        connection.close()
        if response.status != HTTPStatus.OK:
            raise BenchmarkError(f"{path} answered {response.status}: {body[:300]!r}")
        return json.loads(body)


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(port: int) -> bool:
    """Tell whether /healthz answers 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()


def wait_for_200(process: subprocess.Popen[bytes], port: int, start: float) -> float:
    """Poll until the server answers and return the seconds since its start."""
    while not answers(port):
        elapsed = time.perf_counter() - start
        if process.poll() is not None or elapsed > START_LIMIT:
            raise BenchmarkError(f"the server did not answer within {elapsed:.0f} s")
        time.sleep(POLL)
    return time.perf_counter() - start


@contextmanager
def serving(contender: Contender) -> Generator[Server]:
    """Start a contender on a core of its own, wait for its first 200, and stop it at the end."""
    port = free_port()
    gunicorn = contender.python.parent / "gunicorn"
    with tempfile.TemporaryFile() as log:
        with pinned(serving_core()):
            start = time.perf_counter()
            process = subprocess.Popen(
                [gunicorn, "--bind", f"127.0.0.1:{port}", *contender.server],
                cwd=contender.folder,
                env=contender.environment | {"PORT": str(port), "WEB_CONCURRENCY": "1"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        try:
            yield Server(process.pid, port, wait_for_200(process, port, start))
        except BenchmarkError as error:
            log.seek(0)
            tail = log.read().decode(errors="replace")[-2000:]
            raise BenchmarkError(f"{contender.name}: {error}\n{tail}") from error
        finally:
            process.terminate()
            process.wait(START_LIMIT)
