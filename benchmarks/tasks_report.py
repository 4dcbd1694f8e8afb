"""Put into words what handing in a task costs."""

from pathlib import Path

from benchmarks.load import CONNECTIONS
from benchmarks.report import Section, Table
from benchmarks.spread import spread
from benchmarks.tasks import SAMPLES, Series, measure

NAMES = {"/transaction": "a short transaction", "/dispatch": "and a task"}
HEAD = [
    "broker",
    "request",
    "alone ms",
    "req/s",
    "p99 ms",
    "CPU us/req",
    "longest gap ms, median",
    "largest of all ms",
]


def row(series: Series) -> list[str]:
    """Give the figures of one route."""
    return [
        f"{spread(series.alone_ms).median:.2f}",
        f"{spread(series.rps).median:.0f}",
        f"{spread(series.p99_ms).median:.1f}",
        f"{spread(series.cpu_us).median:.0f}",
        f"{spread(series.gap_ms).median:.1f}",
        f"{max(series.gap_ms):.1f}",
    ]


def report(scratch: Path, given: Path | None, rounds: int, seconds: float) -> Section:
    """Make the section of tasks."""
    measured = measure(scratch, given, rounds, seconds)
    rows = [
        [broker, NAMES[path], *row(series)]
        for broker, routes in measured.items()
        for path, series in routes.items()
    ]
    note = (
        f"Medians over {rounds} rounds: {SAMPLES} requests one after the other, then {seconds:g} s"
        f" with {CONNECTIONS} at once, while the event loop is watched every millisecond. The"
        " publishing after the answer is in the processor time."
    )
    return Section("Tasks", [Table(HEAD, rows, note)], {"tasks": measured})
