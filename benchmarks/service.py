"""The generated service beside the bare app: throughput, latency, start and memory."""

from contextlib import ExitStack
from dataclasses import dataclass, field

from benchmarks import load
from benchmarks.contenders import ENDPOINTS, Contender, Pair
from benchmarks.cores import asking_core, pinned
from benchmarks.processes import BenchmarkError, cpu_seconds, memory_mb
from benchmarks.servers import Server, serving

WARM_UP = 0.5
READS_BEFORE_MEMORY = 20


@dataclass
class Starts:
    """Collect, round by round, what starting one service took."""

    first_200: list[float] = field(default_factory=list[float])
    memory_mb: list[float] = field(default_factory=list[float])


@dataclass
class Series:
    """Collect, round by round, what one service did on one endpoint."""

    rps: list[float] = field(default_factory=list[float])
    p50_ms: list[float] = field(default_factory=list[float])
    p99_ms: list[float] = field(default_factory=list[float])
    cpu_us: list[float] = field(default_factory=list[float])
    generator_busy: list[float] = field(default_factory=list[float])


@dataclass(frozen=True)
class Measured:
    """Hold everything by name of the contender, then of the endpoint."""

    starts: dict[str, Starts]
    series: dict[str, dict[str, Series]]


def contenders(pair: Pair) -> list[Contender]:
    """List the two that are compared without an access log, and both with theirs."""
    return [
        pair.generated.variant("generated", LOG_LEVEL="WARNING"),
        pair.bare,
        pair.generated.variant("generated, access log on"),
        pair.bare.variant("bare, access log on", "--access-logfile", "-"),
    ]


def measure_starts(pair: Pair, rounds: int) -> dict[str, Starts]:
    """Start both services in turn; the first round only warms the disk cache up."""
    both = contenders(pair)[:2]
    starts = {contender.name: Starts() for contender in both}
    for number in range(rounds + 1):
        for contender in both:
            with serving(contender) as server:
                for path in list(ENDPOINTS.values()) * READS_BEFORE_MEMORY:
                    server.get(path)
                if number:
                    starts[contender.name].first_200.append(server.first_200)
                    starts[contender.name].memory_mb.append(memory_mb(server.pid))
    return starts


def insist_on_equal_answers(generated: Server, bare: Server) -> None:
    """Refuse to compare services that do not say the same."""
    for path in ENDPOINTS.values():
        ours, theirs = generated.get(path), bare.get(path)
        if ours != theirs:
            raise BenchmarkError(f"{path}: generated answers {ours}, bare answers {theirs}")


def measure_slice(server: Server, path: str, seconds: float, series: Series) -> None:
    """Load one server for a moment and note what came of it."""
    before = cpu_seconds(server.pid)
    result = load.load(server.port, path, seconds)
    series.cpu_us.append((cpu_seconds(server.pid) - before) / result.requests * 1e6)
    series.rps.append(result.rps)
    series.p50_ms.append(result.p50_ms)
    series.p99_ms.append(result.p99_ms)
    if result.busy is not None:
        series.generator_busy.append(result.busy)


def measure_load(pair: Pair, rounds: int, seconds: float) -> dict[str, dict[str, Series]]:
    """Load all servers in turn, every other round in the opposite order."""
    with ExitStack() as stack:
        servers = {each.name: stack.enter_context(serving(each)) for each in contenders(pair)}
        insist_on_equal_answers(servers["generated"], servers["bare"])
        series = {name: {endpoint: Series() for endpoint in ENDPOINTS} for name in servers}
        for server in servers.values():
            for path in ENDPOINTS.values():
                load.load(server.port, path, WARM_UP)
        for number in range(rounds):
            order = list(servers) if number % 2 else list(reversed(servers))
            for endpoint, path in ENDPOINTS.items():
                for name in order:
                    measure_slice(servers[name], path, seconds, series[name][endpoint])
    return series


def measure(pair: Pair, rounds: int, seconds: float) -> Measured:
    """Take all figures of the service."""
    with pinned(asking_core()):
        return Measured(measure_starts(pair, rounds), measure_load(pair, rounds, seconds))
