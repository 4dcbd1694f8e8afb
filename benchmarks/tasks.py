"""What handing in a task costs a request, with a broker and without one."""

import json
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.auth import wait
from benchmarks.auth_client import connect
from benchmarks.children import Child, child
from benchmarks.cores import asking_core, pinned, serving_core
from benchmarks.database import own_database
from benchmarks.load import load
from benchmarks.processes import cpu_seconds, run, user_environment
from benchmarks.servers import free_port
from benchmarks.workspace import generated_service

INSIDE: Final = Path(__file__).parent / "inside"
ROUTES: Final = ("/transaction", "/dispatch")
SAMPLES: Final = 100
BODY: Final = json.dumps({})
ENVIRONMENT: Final = {"ENVIRONMENT": "development", "LOG_LEVEL": "ERROR"}


@dataclass(frozen=True)
class Service:
    """A service that is served."""

    child: Child
    port: int


@dataclass
class Series:
    """Collect, round by round, what one route did: alone, and with sixteen requests at once."""

    alone_ms: list[float] = field(default_factory=list[float])
    rps: list[float] = field(default_factory=list[float])
    p99_ms: list[float] = field(default_factory=list[float])
    cpu_us: list[float] = field(default_factory=list[float])
    gap_ms: list[float] = field(default_factory=list[float])


@contextmanager
def served(folder: Path, database: str, broker: str) -> Generator[Service]:
    """Serve a service with one core for everything, as a small pod has."""
    environment = user_environment(
        DATABASE_URL=database, CELERY_BROKER_URL=broker, PYTHONPATH=str(folder), **ENVIRONMENT
    )
    port = free_port()
    command = [folder / ".venv/bin/python", INSIDE / "serving.py", str(port), "dispatching"]
    with ExitStack() as stack:
        with pinned(serving_core()):
            made = stack.enter_context(child(command, cwd=folder, environment=environment))
        wait(made, port)
        yield Service(made, port)


def ask(service: Service, path: str) -> float:
    """Ask one request after the other, and return the median of their milliseconds."""
    client = connect(service.port)
    return 1000 * median(client.post(path, HTTPStatus.OK, "json", BODY) for _ in range(SAMPLES))


def measure_round(service: Service, path: str, seconds: float) -> dict[str, float]:
    """Take the figures of one route once."""
    alone = ask(service, path)
    before = cpu_seconds(service.child.pid)
    service.child.ask("watch")
    result = load(service.port, path, seconds, BODY)
    gap = float(service.child.ask("gap"))
    spent = cpu_seconds(service.child.pid) - before
    return {
        "alone_ms": alone,
        "rps": result.rps,
        "p99_ms": result.p99_ms,
        "cpu_us": spent / result.requests * 1e6,
        "gap_ms": gap,
    }


def measure_routes(service: Service, rounds: int, seconds: float) -> dict[str, Series]:
    """Take all figures of both routes in turn; the first round only warms up."""
    found = {path: Series() for path in ROUTES}
    for number in range(-1, rounds):
        for path in ROUTES if number % 2 else reversed(ROUTES):
            for name, figure in measure_round(service, path, seconds).items():
                if number >= 0:
                    getattr(found[path], name).append(figure)
    return found


def measure(
    scratch: Path, given: Path | None, rounds: int, seconds: float
) -> dict[str, dict[str, Series]]:
    """Measure with a broker that is there, and with one that is not."""
    answers = ("auth=none", "sample=none", "celery=true")
    with ExitStack() as stack:
        folder = stack.enter_context(generated_service(scratch, given, *answers))
        python = folder / ".venv/bin/python"
        database = stack.enter_context(own_database(python, scratch / "postgres"))
        environment = user_environment(PYTHONPATH=str(folder), **ENVIRONMENT)
        hold = [python, INSIDE / "broker.py", scratch / "broker"]
        holder = stack.enter_context(child(hold, cwd=folder, environment=environment))
        brokers = {
            "the broker is there": holder.answer().strip(),
            "it is not": f"redis://127.0.0.1:{free_port()}/0",
        }
        alembic = [python.parent / "alembic", "upgrade", "head"]
        migrating = environment | {
            "DATABASE_URL": database,
            "CELERY_BROKER_URL": brokers["it is not"],
        }
        run(alembic, cwd=folder, environment=migrating)
        found: dict[str, dict[str, Series]] = {}
        for name, broker in brokers.items():
            with served(folder, database, broker) as service, pinned(asking_core()):
                found[name] = measure_routes(service, rounds, seconds)
        return found
