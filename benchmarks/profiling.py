"""What one request costs in process, without sockets: against the bare app, part by part."""

import json
from collections.abc import Generator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from benchmarks.children import Child, child
from benchmarks.contenders import ENDPOINTS, Contender, Pair
from benchmarks.cores import pinned, serving_core
from benchmarks.processes import BenchmarkError
from benchmarks.spread import Spread, ratios, spread

SCRIPT = Path(__file__).parent / "inside" / "loop.py"
COUNTS = {"/healthz": 400, "item read": 100, "item list of 50": 30}


@dataclass
class Loop:
    """Talk to one process that calls its app on request."""

    child: Child
    middleware: list[str]

    def ask(self, endpoint: str, **order: object) -> dict[str, Any]:
        """Have an endpoint called and return what it cost."""
        question = {"path": ENDPOINTS[endpoint], "count": COUNTS[endpoint]} | order
        return json.loads(self.child.ask(json.dumps(question)))

    def cost(self, endpoint: str, **order: object) -> float:
        """Return the processor time of one request in microseconds."""
        result = self.ask(endpoint, **order)
        if result["status"] != HTTPStatus.OK:
            raise BenchmarkError(f"{ENDPOINTS[endpoint]} answered {result['status']}")
        return result["cpu_us"]


@contextmanager
def loop(
    contender: Contender, *, without: int | None = None, prefix: Sequence[str] = ()
) -> Generator[Loop]:
    """Start an app in a process of its own, on request less one middleware or under a tool."""
    leave_out = [] if without is None else ["--without", str(without)]
    command = [*prefix, contender.python, SCRIPT, contender.target, *leave_out]
    with ExitStack() as stack:
        with pinned(serving_core()):
            running = child(command, cwd=contender.folder, environment=contender.environment)
            app = stack.enter_context(running)
        yield Loop(app, json.loads(app.answer())["middleware"])


def costs(loops: list[Loop], endpoint: str, rounds: int) -> list[list[float]]:
    """Measure the loops in turn, round by round, after one round to warm up."""
    for each in loops:
        each.cost(endpoint)
    taken = [[each.cost(endpoint) for each in loops] for _ in range(rounds)]
    return [list(column) for column in zip(*taken, strict=True)]


@dataclass(frozen=True)
class Row:
    """Compare one endpoint of the two services, in microseconds of processor time."""

    endpoint: str
    generated: Spread
    bare: Spread
    ratio: Spread


def compare(pair: Pair, rounds: int) -> list[Row]:
    """Measure every endpoint of both services."""
    with loop(pair.generated) as ours, loop(pair.bare) as theirs:
        rows: list[Row] = []
        for endpoint in ENDPOINTS:
            generated, bare = costs([ours, theirs], endpoint, rounds)
            rows.append(Row(endpoint, spread(generated), spread(bare), ratios(generated, bare)))
        return rows


def middleware(pair: Pair, rounds: int) -> dict[str, Spread]:
    """Measure what each middleware adds to /healthz: the whole stack less the stack without it."""
    with ExitStack() as stack:
        whole = stack.enter_context(loop(pair.generated))
        lesser = [
            stack.enter_context(loop(pair.generated, without=index))
            for index in range(len(whole.middleware))
        ]
        base, *columns = costs([whole, *lesser], "/healthz", rounds)
    return {
        name: spread([full - less for full, less in zip(base, column, strict=True)])
        for name, column in zip(whole.middleware, columns, strict=True)
    }


def breakdown(pair: Pair) -> dict[str, dict[str, Any]]:
    """Share out the own time of each endpoint among packages and functions."""
    with loop(pair.generated) as ours:
        for endpoint in ENDPOINTS:
            ours.cost(endpoint)
        return {endpoint: ours.ask(endpoint, profile=True) for endpoint in ENDPOINTS}
