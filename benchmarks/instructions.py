"""Count the instructions of one request under Callgrind: the same number on a busy machine too."""

import re
import shutil
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contenders import ENDPOINTS, Contender, Pair
from benchmarks.processes import BenchmarkError, run
from benchmarks.profiling import COUNTS, Loop, loop
from benchmarks.report import Section, Table

SHARE = 4
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
        self.app.cost(endpoint, count=requests)
        self.control("--zero")
        self.app.cost(endpoint, count=requests)
        self.control("--dump")
        self.dumps += 1
        dump = self.folder / f"counted.{self.app.child.pid}.{self.dumps}"
        found = TOTAL.search(dump.read_text())
        if found is None:
            raise BenchmarkError("Callgrind wrote no total")
        return int(found[1]) / requests / 1000


def count(contender: Contender, folder: Path) -> dict[str, float]:
    """Count every endpoint of one service."""
    callgrind = ["valgrind", "--tool=callgrind", "-q", f"--callgrind-out-file={folder}/counted.%p"]
    with ExitStack() as stack:
        counter = Counter(stack.enter_context(loop(contender, prefix=callgrind)), folder)
        return {endpoint: counter.thousands(endpoint) for endpoint in ENDPOINTS}


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
    data: dict[str, object] = {"generated": ours, "bare": theirs}
    return Section("Instructions", [Table(head, rows, note)], data)
