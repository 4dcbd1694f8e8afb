"""Every ORM on every database beside an app by hand: reading one item, a list, and creating."""

import http.client
import json
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from benchmarks import load
from benchmarks.contenders import ENDPOINTS, Pair, pair
from benchmarks.cores import asking_core, pinned
from benchmarks.processes import run
from benchmarks.report import Goal, Section, Table
from benchmarks.servers import Server, serving
from benchmarks.spread import Spread, ratios, spread
from benchmarks.workspace import generated_service
from tests.harness.databases import OWN
from tests.harness.options import offered

GOAL = 0.9
ITEMS = 1000
STARTS = 3
LIST = "/api/v1/items"
BODY = '{"name": "Item #", "description": "A thing of the kind", "price_cents": 99}'
ASKED: Mapping[str, tuple[str, str | None]] = {
    "item read": (ENDPOINTS["item read"], None),
    "item list of 50": (ENDPOINTS["item list of 50"], None),
    "create": (LIST, BODY),
}


@dataclass(frozen=True)
class Row:
    """Hold the requests per second of both, and the ratio, for one endpoint of one service."""

    service: str
    endpoint: str
    generated: Spread
    bare: Spread
    ratio: Spread


@contextmanager
def prepared(orm: str, database: str, scratch: Path) -> Generator[Pair]:
    """Yield the generated service and the one by hand, on a database with a thousand items."""
    with ExitStack() as stack:
        folder = stack.enter_context(
            generated_service(scratch, None, "auth=none", f"orm={orm}", f"database={database}")
        )
        url = stack.enter_context(OWN[database](scratch)).url
        both: Pair = pair(folder, url, orm)
        run(["make", "migrate"], cwd=folder, environment=both.generated.environment)
        quiet = both.generated.variant("generated", LOG_LEVEL="WARNING")
        with serving(quiet) as server:
            fill(server.port)
        yield Pair(quiet, both.bare)


def fill(port: int) -> None:
    """Store the items that are read."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for number in range(ITEMS):
        body = json.dumps({"name": f"Item {number}", "price_cents": number})
        connection.request("POST", LIST, body, {"Content-Type": "application/json"})
        connection.getresponse().read()
    connection.close()


def compare(service: str, both: Pair, rounds: int, seconds: float) -> list[Row]:
    """Measure in several starts: where a process lies in memory makes it faster or slower."""
    seen: dict[str, tuple[list[float], list[float]]] = {each: ([], []) for each in ASKED}
    share = ceil(rounds / STARTS)
    for _ in range(STARTS):
        with serving(both.generated) as ours, serving(both.bare) as theirs, pinned(asking_core()):
            for endpoint in ASKED:
                load_in_turn(endpoint, (ours, theirs), seen[endpoint], share, seconds)
    return [
        Row(service, endpoint, spread(ours), spread(theirs), ratios(ours, theirs))
        for endpoint, (ours, theirs) in seen.items()
    ]


def load_in_turn(
    endpoint: str,
    servers: tuple[Server, Server],
    seen: tuple[list[float], list[float]],
    rounds: int,
    seconds: float,
) -> None:
    """Load both, every other round in the opposite order, after one round to warm up."""
    path, body = ASKED[endpoint]
    for number in range(-1, rounds):
        pairs = list(zip(servers, seen, strict=True))
        for server, found in pairs if number % 2 else reversed(pairs):
            rps = load.load(server.port, path, seconds, body).rps
            if number >= 0:
                found.append(rps)


def measure(scratch: Path, rounds: int, seconds: float) -> list[Row]:
    """Go through every combination that is offered."""
    rows: list[Row] = []
    for answers in offered().combinations(["orm", "database"]):
        if "database" in answers:
            orm, database = str(answers["orm"]), str(answers["database"])
            folder = scratch / f"{orm}-{database}"
            folder.mkdir()
            with prepared(orm, database, folder) as both:
                rows += compare(f"{orm}, {database}", both, rounds, seconds)
    return rows


def report(scratch: Path, rounds: int, seconds: float) -> Section:
    """Make the section of the ORMs."""
    rows = measure(scratch, rounds, seconds)
    head = ["service", "endpoint", "generated req/s", "bare req/s", "ratio"]
    cells = [
        [
            row.service,
            row.endpoint,
            f"{row.generated.median:.0f}",
            f"{row.bare.median:.0f}",
            str(row.ratio),
        ]
        for row in rows
    ]
    goals = [
        Goal(
            f"{row.service}: {row.endpoint} at least {GOAL} of the app by hand",
            str(row.ratio),
            row.ratio.median >= GOAL,
        )
        for row in rows
    ]
    data: dict[str, object] = {f"{row.service}, {row.endpoint}": row for row in rows}
    return Section("ORMs and databases", [Table(head, cells)], data, goals)
