"""How long /readyz takes when the way to the database swallows everything."""

import http.client
import socket
import time
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.contenders import GENERATED_TARGET, PRODUCTION, Contender
from benchmarks.processes import user_environment
from benchmarks.report import Goal, Section, Table
from benchmarks.servers import serving
from benchmarks.workspace import generated_service

READINESS_TIMEOUT = 2.0
PROBE = 3.0
"""Seconds after which the shipped manifest's probe gives up."""
ASKED = 5
SERVICES = {
    f"{orm} on {database}": (orm, database)
    for database in ("postgresql", "mysql")
    for orm in ("sqlalchemy", "sqlmodel", "tortoise")
}


@contextmanager
def black_hole() -> Generator[int]:
    """Listen, and never say a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=100) as listener:
        yield listener.getsockname()[1]


def measure(scratch: Path, orm: str, database: str) -> list[float]:
    """Ask a service that is ready for nothing, over and over; give the seconds of each answer."""
    scratch.mkdir()
    answers = (f"orm={orm}", f"database={database}", "auth=none")
    with ExitStack() as stack:
        folder = stack.enter_context(generated_service(scratch, None, *answers))
        port = stack.enter_context(black_hole())
        url = f"{database}://nobody:nothing@127.0.0.1:{port}/nowhere"
        environment = user_environment(
            **PRODUCTION, DATABASE_URL=url, READINESS_TIMEOUT=str(READINESS_TIMEOUT)
        )
        python = folder / ".venv/bin/python"
        contender = Contender(orm, folder, GENERATED_TARGET, python, environment)
        server = stack.enter_context(serving(contender))
        return [seconds(server.port) for _ in range(ASKED)]


def seconds(port: int) -> float:
    """Ask once."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/readyz")
    connection.getresponse().read()
    connection.close()
    return time.perf_counter() - began


def report(scratch: Path) -> Section:
    """Make the section of black holes."""
    found = {
        name: measure(scratch / name.replace(" ", "-"), *chosen)
        for name, chosen in SERVICES.items()
    }
    rows = [[name, f"{min(each):.2f}", f"{max(each):.2f}"] for name, each in found.items()]
    worst = max(max(each) for each in found.values())
    goal = Goal(
        f"/readyz answers before the manifest's probe gives up, after {PROBE:g} s",
        f"{worst:.2f} s",
        worst < PROBE,
    )
    note = f"Seconds of {ASKED} answers in turn, at READINESS_TIMEOUT={READINESS_TIMEOUT:g}."
    return Section(
        "Black hole", [Table(["service", "least", "most"], rows, note)], {"found": found}, [goal]
    )
