"""What a feature costs and saves: the same service with it and without."""

import os
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.contenders import ENDPOINTS, GENERATED_TARGET, PRODUCTION, Contender
from benchmarks.cores import asking_core, pinned
from benchmarks.database import SEED, execute, own_database
from benchmarks.load import load
from benchmarks.processes import run, user_environment
from benchmarks.report import Goal, Section, Table
from benchmarks.servers import Server, serving
from benchmarks.workspace import generated_service

REDIS: Final = os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
OFTEN: Final = "100000000/minute"
"""A limit that no benchmark reaches."""


@dataclass(frozen=True)
class Feature:
    """Name a switch, and the least that a service with it gives: a multiple of one without."""

    name: str
    goals: Mapping[str, float]
    variables: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def answers(self) -> dict[str, tuple[str, ...]]:
        """Answer the questions for both services."""
        values = {"without": "false", "with": "true"}
        return {which: ("auth=none", f"{self.name}={value}") for which, value in values.items()}


CACHE: Final = Feature("cache", {"/healthz": 0.95, "item read": 2.0})
RATE_LIMIT: Final = Feature(
    "rate_limit", {"/healthz": 0.95, "item read": 0.85}, {"RATE_LIMIT_DEFAULT": OFTEN}
)


@contextmanager
def both(feature: Feature, scratch: Path) -> Generator[dict[str, Server]]:
    """Serve both on one database."""
    with ExitStack() as stack:
        folders = {
            name: stack.enter_context(generated_service(made(scratch / name), None, *answers))
            for name, answers in feature.answers.items()
        }
        folder = folders["without"]
        python = folder / ".venv/bin/python"
        url = stack.enter_context(own_database(python, scratch / "postgres"))
        variables = {"DATABASE_URL": url, "REDIS_URL": REDIS, "LOG_LEVEL": "WARNING"}
        environment = user_environment(**PRODUCTION, **variables, **feature.variables)
        run([folder / ".venv/bin/alembic", "upgrade", "head"], cwd=folder, environment=environment)
        execute(python, url, SEED)
        yield {
            name: stack.enter_context(
                serving(
                    Contender(name, each, GENERATED_TARGET, each / ".venv/bin/python", environment)
                )
            )
            for name, each in folders.items()
        }


def made(folder: Path) -> Path:
    """Make a folder."""
    folder.mkdir()
    return folder


def measure(
    feature: Feature, scratch: Path, rounds: int, seconds: float
) -> dict[str, dict[str, list[float]]]:
    """Ask both in turn; of a read, a cache has what all but the first find."""
    found = {name: {which: list[float]() for which in feature.answers} for name in feature.goals}
    with both(feature, scratch) as servers, pinned(asking_core()):
        for name in feature.goals:
            for server in servers.values():
                load(server.port, ENDPOINTS[name], seconds)
            for _ in range(rounds):
                for which, server in servers.items():
                    rps = load(server.port, ENDPOINTS[name], seconds).rps
                    found[name][which].append(rps)
    return found


def report(feature: Feature, scratch: Path, rounds: int, seconds: float) -> Section:
    """Make the section of a feature."""
    found = measure(feature, scratch, rounds, seconds)
    rows: list[list[str]] = []
    goals: list[Goal] = []
    for name, series in found.items():
        pairs = zip(series["with"], series["without"], strict=True)
        ratio = median(one / other for one, other in pairs)
        rows.append([name, *(f"{median(each):.0f}" for each in series.values()), f"{ratio:.2f}"])
        goal = feature.goals[name]
        text = f"{name}: at least {goal:g} of the service without {feature.name}"
        goals.append(Goal(text, f"{ratio:.2f}", ratio >= goal))
    head = ["endpoint", "without, req/s", "with, req/s", "ratio"]
    return Section(f"With {feature.name}", [Table(head, rows)], {feature.name: found}, goals)
