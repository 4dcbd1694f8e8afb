"""What making a service takes: `groundplan new` beside plain Copier and Django's own command."""

import os
import shutil
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.environments import make_environment, version
from benchmarks.processes import run, user_environment
from benchmarks.report import Goal, Section, Table
from benchmarks.spread import ratios, spread
from benchmarks.workspace import ROOT, plain_template

COPIER = "copier copy --defaults"
OURS = "groundplan new --defaults"
WITHOUT_GIT = "groundplan new --defaults --no-git"
DJANGO = "django-admin startproject"
HELP = "groundplan --help"
NEW_GOAL = 1.0
SECONDS_AIMED_AT = 1.0
HELP_GOAL = 0.3
GIT_CONFIGURATION = "[user]\n\tname = Benchmark\n\temail = benchmark@example.com\n"


@dataclass
class Times:
    """Collect, round by round, the seconds that one command took."""

    wall: list[float] = field(default_factory=list[float])
    cpu: list[float] = field(default_factory=list[float])


@dataclass(frozen=True)
class Command:
    """Name one command line; it runs in an empty folder of its own."""

    name: str
    words: list[str | Path]

    def measure(self, scratch: Path, times: Times) -> None:
        """Run it once and note what it took."""
        folder = scratch / "run"
        folder.mkdir()
        environment = user_environment(HOME=str(scratch / "home"))
        wall, cpu = time.perf_counter(), children_cpu_seconds()
        run(self.words, cwd=folder, environment=environment)
        times.wall.append(time.perf_counter() - wall)
        times.cpu.append(children_cpu_seconds() - cpu)
        shutil.rmtree(folder)


def commands(ours: Path, django: Path, template: Path) -> list[Command]:
    """List the commands that are compared."""
    new: list[str | Path] = [ours / "groundplan", "new", "service", "--defaults"]
    return [
        Command(OURS, new),
        Command(WITHOUT_GIT, [*new, "--no-git"]),
        Command(COPIER, [ours / "copier", "copy", "--defaults", template, "service"]),
        Command(DJANGO, [django / "django-admin", "startproject", "service"]),
        Command(HELP, [ours / "groundplan", "--help"]),
    ]


def children_cpu_seconds() -> float:
    """Sum the processor time of the children that have ended, and of theirs."""
    times = os.times()
    return times.children_user + times.children_system


def measure(scratch: Path, listed: list[Command], rounds: int) -> dict[str, Times]:
    """Run the commands in turn, round by round, after one round to warm up."""
    (scratch / "home").mkdir()
    (scratch / "home" / ".gitconfig").write_text(GIT_CONFIGURATION)
    for command in listed:
        command.measure(scratch, Times())
    taken = {command.name: Times() for command in listed}
    for _ in range(rounds):
        for command in listed:
            command.measure(scratch, taken[command.name])
    return taken


def goals(taken: dict[str, Times]) -> list[Goal]:
    """Judge the goals by the medians."""
    ratio = ratios(taken[OURS].wall, taken[COPIER].wall)
    new, help_page = spread(taken[OURS].wall), spread(taken[HELP].wall)
    return [
        Goal(f"`{OURS}` no slower than plain `{COPIER}`", str(ratio), ratio.median <= NEW_GOAL),
        Goal(f"`{OURS}` in {SECONDS_AIMED_AT:.0f} s", f"{new} s", new.median <= SECONDS_AIMED_AT),
        Goal(f"`{HELP}` under {HELP_GOAL} s", f"{help_page} s", help_page.median < HELP_GOAL),
    ]


def report(scratch: Path, rounds: int) -> Section:
    """Measure and make the section of generation."""
    ours = make_environment(scratch / "ours", ROOT)
    django = make_environment(scratch / "django", "django")
    taken = measure(scratch, commands(ours, django, plain_template(scratch / "template")), rounds)
    rows = [
        [
            name,
            str(spread(times.wall)),
            str(spread(times.cpu)),
            str(ratios(times.wall, taken[COPIER].wall)),
            str(ratios(times.cpu, taken[COPIER].cpu)),
        ]
        for name, times in taken.items()
    ]
    versions = f"Copier {version(ours, 'copier')}, Django {version(django, 'django')}."
    table = Table(
        ["command", "seconds", "CPU seconds", "vs plain Copier", "CPU vs plain Copier"],
        rows,
        versions,
    )
    return Section("Generation", [table], {"seconds": taken}, goals(taken))
