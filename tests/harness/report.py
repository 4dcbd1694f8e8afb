"""The tables at the end of a run: each variant and stage, what is covered, and what it costs."""

import json
import os
import platform
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, cast

import pytest
from _pytest.terminal import TerminalReporter

from tests.harness import costs
from tests.harness.coverage import covered
from tests.harness.places import REPORTS
from tests.harness.stages.table import STAGES

PROPERTY: Final = "variant"
WORDS: Final = {"failed": "FAILED", "skipped": "skipped", "not reached": "·", "proven": "="}

Document = dict[str, Any]


class VariantTable:
    """A pytest plugin: collects what the workers send, shows it and writes it down."""

    def __init__(self, folder: Path = REPORTS) -> None:
        self.folder = folder
        self.began = time.perf_counter()
        self.variants: list[Document] = []
        self.costs = costs.Costs()
        self.terminal: TerminalReporter | None = None

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """Find where to show progress."""
        self.terminal = session.config.pluginmanager.get_plugin("terminalreporter")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take the results out of a finished test, and say that it is finished."""
        self.costs.add(report)
        if report.when == "call":
            found = (value for name, value in report.user_properties if name == PROPERTY)
            for variant in cast("Iterable[Document]", found):
                self.variants.append(variant)
                self.show(variant, report.outcome)

    def show(self, variant: Document, outcome: str) -> None:
        """Print a line as soon as a variant is done."""
        if self.terminal is not None:
            kept = sum(each["outcome"] == "proven" for each in variant["stages"])
            since = f", {kept} stages proven before, since {oldest(variant)}" if kept else ""
            said = f"{variant['variant']} {outcome} in {next(sums(variant))} s{since}"
            self.terminal.ensure_newline()
            self.terminal.write_line(f"{len(self.variants):4}  {said}")

    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> None:
        """Print the table, and write it as JSON and as Markdown."""
        if self.variants:
            document = self.write()
            for title, table in tables(document).items():
                terminalreporter.section(title)
                for line in aligned(table):
                    terminalreporter.write_line(line)

    def write(self) -> Document:
        """Write what is known, in a stable order."""
        self.variants.sort(key=lambda each: each["variant"])
        document: Document = {
            "machine": machine(),
            "seconds": round(time.perf_counter() - self.began, 1),
            "covered": covered(each["answers"] for each in self.variants),
            "stages": costs.stages(self.variants),
            "modules": self.costs.as_document(),
            "variants": self.variants,
        }
        self.folder.mkdir(exist_ok=True)
        (self.folder / "variants.json").write_text(f"{json.dumps(document, indent=2)}\n")
        (self.folder / "variants.md").write_text(markdown(document))
        return document


def machine() -> str:
    """Describe what the seconds were measured on."""
    return f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"


def tables(document: Document) -> dict[str, list[list[str]]]:
    """Lay everything out, each table under its title."""
    dear = [each for each in document["modules"] if each["seconds"] >= 1]
    return {
        "variants: seconds of each stage (=: proven before)": rows(document["variants"]),
        "interactions of options that are covered": [*costs.cells(document["covered"])],
        "what the minutes buy, by stage: rows that ran, rows that were proven": [
            *costs.cells(document["stages"])
        ],
        "what the minutes buy, by module (of a second or more)": [*costs.cells(dear)],
    }


def oldest(variant: Document) -> str:
    """Tell when the stage was proven that was proven first."""
    return min(each["proven_at"] for each in variant["stages"] if each["proven_at"])


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
    """Add a variant's times up, without what did not run."""
    ran = [result for result in variant["stages"] if result["outcome"] in costs.RAN]
    for kind in ("seconds", "cpu_seconds"):
        yield f"{sum(result[kind] for result in ran):.1f}"


def aligned(table: list[list[str]]) -> Iterator[str]:
    """Pad the cells of a table for a terminal."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for name, *values in table:
        padded = (value.rjust(width) for value, width in zip(values, widths[1:], strict=True))
        yield "  ".join([name.ljust(widths[0]), *padded])


def markdown(document: Document) -> str:
    """Write the tables, their legend, and why something failed."""
    variants: list[Document] = document["variants"]
    parts = [f"## {title}\n\n{marked(table)}" for title, table in tables(document).items()]
    legend = "\n".join(f"- **{stage.name}**: {stage.proves}" for stage in STAGES)
    reasons = "\n".join(explanations(variants))
    title = f"# {len(variants)} variants in {document['seconds']} s ({document['machine']})"
    return "\n\n".join([title, *parts, f"{legend}\n{reasons}"])


def marked(table: list[list[str]]) -> str:
    """Write one table."""
    header, *lines = table or [[""]]
    marks = ["---", *("---:" for _ in header[1:])]
    return "\n".join(f"| {' | '.join(line)} |" for line in [header, marks, *lines])


def explanations(variants: list[Document]) -> Iterator[str]:
    """Quote the reasons of what failed or was skipped."""
    for variant in variants:
        for result in variant["stages"]:
            if result["reason"]:
                head = f"## {variant['variant']}: {result['stage']} {result['outcome']}"
                yield f"\n{head}\n\n```\n{result['reason']}\n```\n"
