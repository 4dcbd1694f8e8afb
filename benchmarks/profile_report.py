"""Put the profile into words."""

from benchmarks.contenders import Pair
from benchmarks.profiling import Row, breakdown, compare, middleware
from benchmarks.report import Section, Table

SHOWN = 12


def endpoints(rows: list[Row]) -> Table:
    """Show the cost of each endpoint."""
    cells = [
        [
            row.endpoint,
            f"{row.generated.median:.0f}",
            f"{row.bare.median:.0f}",
            f"{row.generated.median - row.bare.median:+.0f}",
            str(row.ratio),
        ]
        for row in rows
    ]
    note = "Processor time of one request in process, without sockets, in microseconds."
    return Table(["endpoint", "generated", "bare", "difference", "ratio"], cells, note)


def report(pair: Pair, rounds: int) -> Section:
    """Measure and make the section of the profile."""
    rows = compare(pair, rounds)
    layers = middleware(pair, rounds)
    parts = breakdown(pair)
    added = [[name, f"{cost.median:+.1f}"] for name, cost in layers.items()]
    tables = [
        endpoints(rows),
        Table(["middleware", "us"], added, "What each middleware adds to /healthz."),
    ]
    for endpoint, shares in parts.items():
        for kind, entries in shares.items():
            cells = [[name, f"{share}"] for name, share in list(entries.items())[:SHOWN]]
            tables.append(Table([kind, "%"], cells, f"Own time under cProfile: {endpoint}."))
    data: dict[str, object] = {"endpoints": rows, "middleware": layers, "breakdown": parts}
    return Section("Profile", tables, data)
