"""Count the instructions of one request under Callgrind: the same number on a busy machine too."""

import re
import shutil
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contenders import ENDPOINTS, Contender, Pair
from benchmarks.processes import BenchmarkError, run
from benchmarks.profiling import COUNTS, Loop, loop
from benchmarks.report import Section, Table

SHARE = 4
NOTHING = "/healthz"
TOTAL = re.compile(r"^(?:totals|summary): (\d+)", re.MULTILINE)


@dataclass
class Counter:
    """Read the counter of one process that Callgrind runs."""

    app: Loop
    folder: Path
    dumps: int = 0

    def control(self, option: str) -> None:
        """Zero or dump the counter."""
        run(["callgrind_control", option, str(self.app.child.pid)])

    def thousands(self, endpoint: str) -> float:
        """Return the thousands of instructions of one request, after a first round to warm up."""
        requests = COUNTS[endpoint] // SHARE
        return self.thousands_of(lambda: self.app.cost(endpoint, count=requests), requests)

    def thousands_of(self, ask: Callable[[], object], requests: int) -> float:
        """Count what asks so many times, likewise."""
        ask()
        self.control("--zero")
        ask()
        self.control("--dump")
        self.dumps += 1
        dump = self.folder / f"counted.{self.app.child.pid}.{self.dumps}"
        found = TOTAL.search(dump.read_text())
        if found is None:
            raise BenchmarkError("Callgrind wrote no total")
        return int(found[1]) / requests / 1000


@contextmanager
def counted(contender: Contender, folder: Path, without: int | None = None) -> Generator[Counter]:
    """Start a service under Callgrind, on request less one middleware."""
    callgrind = ["valgrind", "--tool=callgrind", "-q", f"--callgrind-out-file={folder}/counted.%p"]
    with loop(contender, without=without, prefix=callgrind) as app:
        yield Counter(app, folder)


def count(contender: Contender, folder: Path) -> dict[str, float]:
    """Count every endpoint of one service."""
    with counted(contender, folder) as counter:
        return {endpoint: counter.thousands(endpoint) for endpoint in ENDPOINTS}


def layers(contender: Contender, folder: Path) -> dict[str, float]:
    """Count what each middleware adds to a request that does nothing else."""
    with counted(contender, folder) as counter:
        names = counter.app.middleware
        whole = counter.thousands(NOTHING)
    found: dict[str, float] = {}
    for index, name in enumerate(names):
        with counted(contender, folder, without=index) as counter:
            found[name] = whole - counter.thousands(NOTHING)
    return found


def report(pair: Pair, folder: Path) -> Section:
    """Count both services and make the section."""
    if shutil.which("valgrind") is None:
        raise BenchmarkError("counting instructions needs valgrind: install it first")
    ours, theirs = count(pair.generated, folder), count(pair.bare, folder)
    rows = [
        [
            endpoint,
            f"{ours[endpoint]:.0f}",
            f"{theirs[endpoint]:.0f}",
            f"{ours[endpoint] - theirs[endpoint]:+.0f}",
            f"{ours[endpoint] / theirs[endpoint]:.3f}",
        ]
        for endpoint in ENDPOINTS
    ]
    note = "Thousands of instructions of one request in process, outside the kernel."
    head = ["endpoint", "generated", "bare", "difference", "ratio"]
    added = layers(pair.generated, folder)
    share = [[name, f"{thousands:.1f}"] for name, thousands in added.items()]
    tables = [
        Table(head, rows, note),
        Table(["middleware", "adds"], share, f"The same for {NOTHING}, less those without it."),
    ]
    data: dict[str, object] = {"generated": ours, "bare": theirs, "middleware": added}
    return Section("Instructions", tables, data)
