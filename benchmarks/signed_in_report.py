"""What a user's requests cost: over HTTP, and counted under Callgrind."""

import json
import shutil
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.cores import asking_core, pinned
from benchmarks.instructions import Counter, counted
from benchmarks.load import Load, load
from benchmarks.processes import BenchmarkError, cpu_seconds
from benchmarks.report import Goal, Section, Table
from benchmarks.servers import serving
from benchmarks.signed_in import QUESTIONS, Question, SignedIn, prepared
from benchmarks.spread import ratios

GOAL: Final = 0.9
REQUESTS: Final = 25
HEAD: Final = ["request", "generated", "bare", "ratio"]

Slices = dict[str, dict[str, list[tuple[Load, float]]]]


def measure(asked: SignedIn, rounds: int, seconds: float) -> Slices:
    """Ask both in turn: what the generator saw, and processor time a request in microseconds."""
    with ExitStack() as stack, pinned(asking_core()):
        both = (asked.pair.generated, asked.pair.bare)
        servers = {each.name: stack.enter_context(serving(each)) for each in both}
        found: Slices = {name: {which: [] for which in servers} for name in QUESTIONS}
        for number in range(-1, rounds):
            for name, question in QUESTIONS.items():
                for which in list(servers) if number % 2 else reversed(servers):
                    server = servers[which]
                    before = cpu_seconds(server.pid)
                    port, headers = server.port, asked.headers
                    seen = load(port, question.path, seconds, question.body, headers)
                    cost = (cpu_seconds(server.pid) - before) / seen.requests * 1e6
                    if number >= 0:
                        found[name][which].append((seen, cost))
        return found


def over_http(slices: Slices) -> tuple[list[Table], list[Goal]]:
    """Put it into tables."""
    rates: list[list[str]] = []
    latencies: list[list[str]] = []
    goals: list[Goal] = []
    for name, series in slices.items():
        rps = {which: [seen.rps for seen, _ in each] for which, each in series.items()}
        ratio = ratios(rps["generated"], rps["bare"])
        rates.append([name, *(f"{median(each):.0f}" for each in rps.values()), str(ratio)])
        goals.append(
            Goal(f"{name}: at least {GOAL} of the bare app", str(ratio), ratio.median >= GOAL)
        )
        for which, each in series.items():
            figures = [
                median(seen.p50_ms for seen, _ in each),
                median(seen.p99_ms for seen, _ in each),
                median(cost for _, cost in each),
            ]
            latencies.append([name, which, *(f"{figure:.2f}" for figure in figures)])
    return [
        Table(HEAD, rates, "Requests a second."),
        Table(["request", "service", "p50 ms", "p99 ms", "CPU us/req"], latencies),
    ], goals


def count(asked: SignedIn, folder: Path) -> dict[str, dict[str, float]]:
    """Count both services, in thousands of instructions a request."""
    found: dict[str, dict[str, float]] = {}
    for contender in (asked.pair.generated, asked.pair.bare):
        with counted(contender, folder) as counter:
            found[contender.name] = {
                name: one(counter, question, asked.headers) for name, question in QUESTIONS.items()
            }
    return found


def one(counter: Counter, question: Question, headers: dict[str, str]) -> float:
    """Count one request."""
    order = json.dumps(
        {"path": question.path, "body": question.body, "headers": headers, "count": REQUESTS}
    )

    def ask() -> None:
        answer = json.loads(counter.app.child.ask(order))
        if answer["status"] not in {200, 201}:
            raise BenchmarkError(f"{question.path} answered {answer['status']}")

    return counter.thousands_of(ask, REQUESTS)


def counts(found: dict[str, dict[str, float]]) -> Table:
    """Put them into a table."""
    rows = [
        [name, f"{ours:.0f}", f"{theirs:.0f}", f"{ours / theirs:.3f}"]
        for name in QUESTIONS
        for ours, theirs in [(found["generated"][name], found["bare"][name])]
    ]
    return Table(HEAD, rows, "Thousands of instructions of one request in process.")


def report(scratch: Path, given: Path | None, rounds: int, seconds: float) -> Section:
    """Make the section."""
    with prepared(scratch, given) as asked:
        slices = measure(asked, rounds, seconds)
        found = count(asked, scratch) if shutil.which("valgrind") else None
    tables, goals = over_http(slices)
    data: dict[str, object] = {"slices": slices, "instructions": found}
    return Section("Signed in", [*tables, *([counts(found)] if found else [])], data, goals)
