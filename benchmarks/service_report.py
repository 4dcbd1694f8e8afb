"""Put the figures of the service into words."""

from benchmarks import load
from benchmarks.contenders import ENDPOINTS
from benchmarks.report import Goal, Section, Table
from benchmarks.service import Measured
from benchmarks.spread import ratios, spread

GENERATED, BARE = "generated", "bare"
THROUGHPUT_GOALS = {"/healthz": 0.85, "item read": 0.9}
START_GOAL = 1.6


def throughput(measured: Measured) -> Table:
    """Compare requests and latencies; a ratio is taken against the bare app, round by round."""
    rows = [
        [
            endpoint,
            name,
            f"{spread(series[endpoint].rps).median:.0f}",
            f"{spread(series[endpoint].p50_ms).median:.2f}",
            f"{spread(series[endpoint].p99_ms).median:.2f}",
            f"{spread(series[endpoint].cpu_us).median:.0f}",
            str(ratios(series[endpoint].rps, measured.series[BARE][endpoint].rps)),
            str(ratios(series[endpoint].cpu_us, measured.series[BARE][endpoint].cpu_us)),
        ]
        for endpoint in ENDPOINTS
        for name, series in measured.series.items()
    ]
    head = [
        "endpoint",
        "service",
        "req/s",
        "p50 ms",
        "p99 ms",
        "CPU us/req",
        "req/s vs bare",
        "CPU vs bare",
    ]
    return Table(head, rows, generator_note(measured))


def generator_note(measured: Measured) -> str:
    """Name the load generator and say how busy it was."""
    busy = [
        share
        for series in measured.series.values()
        for one in series.values()
        for share in one.generator_busy
    ]
    note = f"Load: {load.generator_name()}, {load.CONNECTIONS} connections"
    if not busy:
        return note
    limit = " (it is the bottleneck!)" if max(busy) > load.BUSY_LIMIT else ""
    return f"{note}, at most {max(busy):.0%} of its core{limit}"


def start(measured: Measured) -> Table:
    """Compare start and memory."""
    ours, theirs = measured.starts[GENERATED], measured.starts[BARE]
    rows = [
        [
            "time to first 200, s",
            f"{spread(ours.first_200).median:.2f}",
            f"{spread(theirs.first_200).median:.2f}",
            str(ratios(ours.first_200, theirs.first_200)),
        ],
        [
            "memory (PSS), MB",
            f"{spread(ours.memory_mb).median:.0f}",
            f"{spread(theirs.memory_mb).median:.0f}",
            str(ratios(ours.memory_mb, theirs.memory_mb)),
        ],
    ]
    return Table(["", GENERATED, BARE, "ratio"], rows)


def goals(measured: Measured) -> list[Goal]:
    """Judge the goals by the medians."""
    ours, theirs = measured.series[GENERATED], measured.series[BARE]
    verdicts: list[Goal] = []
    for endpoint, least in THROUGHPUT_GOALS.items():
        ratio = ratios(ours[endpoint].rps, theirs[endpoint].rps)
        text = f"{endpoint} at least {least} of the bare app"
        verdicts.append(Goal(text, str(ratio), ratio.median >= least))
    started = ratios(measured.starts[GENERATED].first_200, measured.starts[BARE].first_200)
    text = f"first 200 within {START_GOAL} times the bare app"
    verdicts.append(Goal(text, str(started), started.median <= START_GOAL))
    return verdicts


def report(measured: Measured) -> Section:
    """Make the section of the service."""
    data: dict[str, object] = {"starts": measured.starts, "series": measured.series}
    tables = [throughput(measured), start(measured)]
    return Section("Service", tables, data, goals(measured))
