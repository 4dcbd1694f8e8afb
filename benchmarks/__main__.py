"""Run the benchmarks: `python -m benchmarks [SECTION ...]`."""

import argparse
import sys
import tempfile
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import (
    attacks,
    auth_report,
    blackhole,
    bodies,
    feature,
    generation,
    instructions,
    machine,
    orms,
    profile_report,
    report,
    service,
    service_report,
    signed_in_report,
    tasks_report,
)
from benchmarks.contenders import Pair, prepared
from benchmarks.processes import BenchmarkError
from benchmarks.report import Section
from benchmarks.workspace import ROOT, generated_service

DEFAULT = ["generation", "service"]
INTERRUPTED = 130


@dataclass(frozen=True)
class Options:
    """Hold the command line."""

    selection: list[str]
    rounds: int
    seconds: float
    service: Path | None


@contextmanager
def measurable_pair(options: Options, scratch: Path) -> Generator[Pair]:
    """Yield both services, generated, set up and on a database."""
    with (
        generated_service(scratch, options.service, "auth=none") as folder,
        prepared(folder, scratch) as pair,
    ):
        yield pair


def measure_generation(options: Options, scratch: Path) -> Section:
    """Measure what making a service takes."""
    return generation.report(scratch, options.rounds)


def measure_service(options: Options, scratch: Path) -> Section:
    """Measure the service over HTTP."""
    with measurable_pair(options, scratch) as pair:
        return service_report.report(service.measure(pair, options.rounds, options.seconds))


def measure_orms(options: Options, scratch: Path) -> Section:
    """Measure every ORM on every database over HTTP."""
    return orms.report(scratch, options.rounds, options.seconds)


def measure_profile(options: Options, scratch: Path) -> Section:
    """Measure the service in process."""
    with measurable_pair(options, scratch) as pair:
        return profile_report.report(pair, options.rounds)


def measure_instructions(options: Options, scratch: Path) -> Section:
    """Count the service's instructions in process."""
    with measurable_pair(options, scratch) as pair:
        return instructions.report(pair, scratch)


def measure_auth(options: Options, scratch: Path) -> Section:
    """Measure what a clock sees of accounts, and what sign-ins cost."""
    return auth_report.report(scratch, options.service, options.rounds)


def measure_tasks(options: Options, scratch: Path) -> Section:
    """Measure what handing in a task costs a request."""
    return tasks_report.report(scratch, options.service, options.rounds, options.seconds)


def measure_bodies(options: Options, scratch: Path) -> Section:
    """Measure what refusing a body costs."""
    return bodies.report(scratch, options.service)


def measure_attacks(options: Options, scratch: Path) -> Section:
    """Measure what others see of attacks."""
    return attacks.report(scratch, options.service)


def measure_black_hole(_: Options, scratch: Path) -> Section:
    """Measure how long a probe waits for nothing."""
    return blackhole.report(scratch)


def measure_cache(options: Options, scratch: Path) -> Section:
    """Measure what the cache costs and saves."""
    return feature.report(feature.CACHE, scratch, options.rounds, options.seconds)


def measure_rate_limit(options: Options, scratch: Path) -> Section:
    """Measure what limits cost."""
    return feature.report(feature.RATE_LIMIT, scratch, options.rounds, options.seconds)


def measure_signed_in(options: Options, scratch: Path) -> Section:
    """Measure the service as it is by default, asked by a user."""
    return signed_in_report.report(scratch, options.service, options.rounds, options.seconds)


SECTIONS: dict[str, Callable[[Options, Path], Section]] = {
    "generation": measure_generation,
    "service": measure_service,
    "orms": measure_orms,
    "profile": measure_profile,
    "instructions": measure_instructions,
    "auth": measure_auth,
    "tasks": measure_tasks,
    "bodies": measure_bodies,
    "attacks": measure_attacks,
    "blackhole": measure_black_hole,
    "cache": measure_cache,
    "rate_limit": measure_rate_limit,
    "signed_in": measure_signed_in,
}


def parse(arguments: list[str]) -> Options:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("selection", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=1.0, help="length of one slice of load")
    parser.add_argument("--service", type=Path, help="a generated service that is set up already")
    options = Options(**vars(parser.parse_args(arguments)))
    for name in options.selection:
        if name not in SECTIONS:
            parser.error(f"there is no section {name!r}: choose from {', '.join(SECTIONS)}")
    if options.rounds < 1 or options.seconds <= 0:
        parser.error("rounds and seconds must be positive")
    return options


def run(options: Options) -> None:
    """Measure what is selected, show it and write it down."""
    words = machine.describe()
    selected = options.selection or DEFAULT
    sections: list[Section] = []
    print(f"# Benchmarks\n\n{machine.line(words)}", flush=True)
    for name in selected:
        with tempfile.TemporaryDirectory(prefix="groundplan-bench-") as scratch:
            sections.append(SECTIONS[name](options, Path(scratch)))
        print(f"\n{sections[-1]}", flush=True)
    stem = "-".join(["benchmarks", *options.selection])
    report.write(ROOT / "reports", stem, words, sections)


def main() -> None:
    """Run, and say in one sentence what stopped it."""
    try:
        run(parse(sys.argv[1:]))
    except BenchmarkError as error:
        sys.exit(f"benchmarks: {error}")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
