"""The table at the end of a run: each variant, each stage, its result and its seconds."""

import json
import os
import platform
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, cast

import pytest
from _pytest.terminal import TerminalReporter

from tests.harness.places import REPORTS
from tests.harness.stages.table import STAGES

PROPERTY: Final = "variant"
WORDS: Final = {"failed": "FAILED", "skipped": "skipped", "not reached": "·"}

Document = dict[str, Any]


class VariantTable:
    """A pytest plugin: collects what the workers send, shows it and writes it down."""

    def __init__(self, folder: Path = REPORTS) -> None:
        self.folder = folder
        self.began = time.perf_counter()
        self.variants: list[Document] = []
        self.terminal: TerminalReporter | None = None

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Find where to show progress."""
        self.terminal = session.config.pluginmanager.get_plugin("terminalreporter")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the results out of a finished test, and say that it is finished."""
        if report.when == "call":
            found = (value for name, value in report.user_properties if name == PROPERTY)
            for variant in cast("Iterable[Document]", found):
                self.variants.append(variant)
                self.show(variant["variant"], report.outcome, next(sums(variant)))

    def show(self, variant: str, outcome: str, seconds: str) -> None:
        """Print a line as soon as a variant is done."""
        if self.terminal is not None:
            self.terminal.ensure_newline()
            self.terminal.write_line(f"{len(self.variants):4}  {variant} {outcome} in {seconds} s")

    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> None:
        """Print the table, and write it as JSON and as Markdown."""
        if self.variants:
            self.write()
            terminalreporter.section("variants: seconds of each stage")
            for line in aligned(rows(self.variants)):
                terminalreporter.write_line(line)

    def write(self) -> None:
        """Write what is known, in a stable order."""
        self.variants.sort(key=lambda each: each["variant"])
        document = {"machine": machine(), "seconds": round(time.perf_counter() - self.began, 1)}
        self.folder.mkdir(exist_ok=True)
        text = json.dumps({**document, "variants": self.variants}, indent=2)
        (self.folder / "variants.json").write_text(f"{text}\n")
        (self.folder / "variants.md").write_text(markdown(document, self.variants))


def machine() -> str:
    """Describe what the seconds were measured on."""
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def rows(variants: Iterable[Document]) -> list[list[str]]:
    """Lay the results out: a line for each variant, a column for each stage, sums at the edges."""
    header = ["variant", "Python", *(stage.name for stage in STAGES), "seconds", "CPU"]
    return [header, *([*cells(each), *sums(each)] for each in variants)]


def cells(variant: Document) -> Iterator[str]:
    """Fill a line; a stage that does not apply stays empty."""
    found = {result["stage"]: result for result in variant["stages"]}
    yield variant["variant"]
    yield variant["python"]
    for stage in STAGES:
        result = found.get(stage.name)
        yield "" if result is None else cell(result)


def cell(result: Document) -> str:
    """Show the time of what passed, and a word for all else."""
    return WORDS.get(result["outcome"], f"{result['seconds']:.1f}")


def sums(variant: Document) -> Iterator[str]:
    """Add a variant's times up."""
    for kind in ("seconds", "cpu_seconds"):
        yield f"{sum(result[kind] for result in variant['stages']):.1f}"


def aligned(table: list[list[str]]) -> Iterator[str]:
    """Pad the cells of a table for a terminal."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for name, *values in table:
        padded = (value.rjust(width) for value, width in zip(values, widths[1:], strict=True))
        yield "  ".join([name.ljust(widths[0]), *padded])


def markdown(document: Document, variants: list[Document]) -> str:
    """Write the table, its legend, and why something failed."""
    header, *lines = rows(variants)
    marks = ["---", *("---:" for _ in header[1:])]
    table = "\n".join(f"| {' | '.join(line)} |" for line in [header, marks, *lines])
    legend = "\n".join(f"- **{stage.name}**: {stage.proves}" for stage in STAGES)
    reasons = "\n".join(explanations(variants))
    title = f"# {len(variants)} variants in {document['seconds']} s ({document['machine']})"
    return f"{title}\n\nSeconds of each stage.\n\n{table}\n\n{legend}\n{reasons}"


def explanations(variants: list[Document]) -> Iterator[str]:
    """Quote the reasons of what failed or was skipped."""
    for variant in variants:
        for result in variant["stages"]:
            if result["reason"]:
                head = f"## {variant['variant']}: {result['stage']} {result['outcome']}"
                yield f"\n{head}\n\n```\n{result['reason']}\n```\n"
