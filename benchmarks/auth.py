"""What an attacker's clock sees of accounts, and what sign-ins cost everybody else."""

import secrets
import time
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from statistics import median

from benchmarks.auth_client import QUESTIONS, Ask, connect, sign_in
from benchmarks.children import Child, child
from benchmarks.cores import asking_core, pinned, serving_core
from benchmarks.database import own_database
from benchmarks.processes import run, user_environment
from benchmarks.servers import POLL, answers, free_port
from benchmarks.spread import Spread, ratios
from benchmarks.workspace import generated_service

SCRIPT = Path(__file__).parent / "inside" / "serving.py"
KNOWN = "known@example.com"
UNKNOWN = "nobody@example.com"
PASSWORD = "seven lazy otters"
SAMPLES = 20
PARALLEL = 20
PAUSE = 0.02
UNLIMITED = str(10**9)

# Mail goes to the log, which is silent: what a mail server takes is not the service's time.
ENVIRONMENT = {
    "ENVIRONMENT": "development",
    "LOG_LEVEL": "WARNING",
    "LOGIN_LIMIT_PER_PAIR": UNLIMITED,
    "LOGIN_LIMIT_PER_ADDRESS": UNLIMITED,
    "LOGIN_LIMIT_PER_ACCOUNT": UNLIMITED,
}


@dataclass
class Compared:
    """Collect the medians of the rounds, in milliseconds."""

    known: list[float] = field(default_factory=list[float])
    unknown: list[float] = field(default_factory=list[float])

    def ratio(self) -> Spread:
        """Compare round by round."""
        return ratios(self.known, self.unknown)


@dataclass
class Gaps:
    """Collect, round by round, the longest gap of the loop in milliseconds."""

    idle: list[float] = field(default_factory=list[float])
    busy: list[float] = field(default_factory=list[float])
    seconds: list[float] = field(default_factory=list[float])


@dataclass(frozen=True)
class Measured:
    """Hold everything that was found."""

    compared: dict[str, Compared]
    gaps: Gaps


@contextmanager
def served(scratch: Path, given: Path | None) -> Generator[tuple[Child, int]]:
    """Yield a service with users, on a database of its own, on which one account exists."""
    with ExitStack() as stack:
        folder = stack.enter_context(generated_service(scratch, given, "auth=jwt"))
        python = folder / ".venv" / "bin" / "python"
        url = stack.enter_context(own_database(python, scratch / "postgres"))
        key = secrets.token_hex(32)
        environment = user_environment(
            DATABASE_URL=url, SECRET_KEY=key, PYTHONPATH=str(folder), **ENVIRONMENT
        )
        run([python.parent / "alembic", "upgrade", "head"], cwd=folder, environment=environment)
        admin = [python, "-m", "app.cli", "create-admin", KNOWN]
        run(admin, cwd=folder, environment=environment, text=f"{PASSWORD}\n")
        port = free_port()
        with pinned(serving_core()):
            service = stack.enter_context(
                child([python, SCRIPT, str(port)], cwd=folder, environment=environment)
            )
        wait(service, port)
        yield service, port


def wait(service: Child, port: int) -> None:
    """Wait for the first answer; a service that has ended is an error with its last words."""
    while not answers(port):
        service.ask("ready")
        time.sleep(POLL)


def compare(port: int, ask: Ask, rounds: int) -> Compared:
    """Ask for both accounts in turn, every other time in the opposite order."""
    client = connect(port)
    compared = Compared()
    for number in range(-1, rounds):
        times: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
        for sample in range(SAMPLES):
            for email in list(times) if sample % 2 else reversed(times):
                times[email].append(ask(client, email) * 1000)
                time.sleep(PAUSE)  # until the work that follows the answer is done
        if number >= 0:
            compared.known.append(median(times[KNOWN]))
            compared.unknown.append(median(times[UNKNOWN]))
    return compared


def sign_in_at_once(port: int) -> float:
    """Let many sign in, and return the seconds until all are answered."""
    clients = [connect(port) for _ in range(PARALLEL)]
    start = time.perf_counter()
    with ThreadPoolExecutor(PARALLEL) as pool:
        list(pool.map(sign_in, clients, repeat(KNOWN)))
    return time.perf_counter() - start


def measure_gaps(service: Child, port: int, rounds: int) -> Gaps:
    """Watch the loop while many sign in at once, and for as long while nobody does."""
    gaps = Gaps()
    for number in range(-1, rounds):
        service.ask("watch")
        seconds = sign_in_at_once(port)
        busy = float(service.ask("gap"))
        service.ask("watch")
        time.sleep(seconds)
        idle = float(service.ask("gap"))
        if number >= 0:
            gaps.busy.append(busy)
            gaps.idle.append(idle)
            gaps.seconds.append(seconds)
    return gaps


def measure(scratch: Path, given: Path | None, rounds: int) -> Measured:
    """Take all figures."""
    with served(scratch, given) as (service, port), pinned(asking_core()):
        compared = {name: compare(port, ask, rounds) for name, ask in QUESTIONS.items()}
        return Measured(compared, measure_gaps(service, port, rounds))
