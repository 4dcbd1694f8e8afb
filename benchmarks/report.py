"""Put the sections of a run together: for the terminal, as Markdown and as JSON."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import machine
from benchmarks.table import table


@dataclass(frozen=True)
class Goal:
    """Hold one promise and how it turned out."""

    text: str
    measured: str
    met: bool

    def __str__(self) -> str:
        """Write the verdict."""
        return f"- {'met' if self.met else 'NOT MET'}: {self.text} (measured {self.measured})"


@dataclass(frozen=True)
class Table:
    """Hold one table of a section."""

    head: list[str]
    rows: list[list[str]]
    note: str = ""

    def __str__(self) -> str:
        """Lay the table out below its note."""
        return f"{self.note}\n\n{table(self.head, self.rows)}".lstrip()


@dataclass(frozen=True)
class Section:
    """Hold what one benchmark found, in words and in numbers."""

    title: str
    tables: list[Table]
    data: dict[str, object]
    goals: list[Goal] = field(default_factory=list[Goal])

    def __str__(self) -> str:
        """Write the section as Markdown."""
        parts = [f"## {self.title}", *map(str, self.tables)]
        if self.goals:
            parts.append("\n".join(map(str, self.goals)))
        return "\n\n".join(parts)


def markdown(words: dict[str, str], sections: list[Section]) -> str:
    """Write the whole report."""
    return "\n\n".join(["# Benchmarks", machine.line(words), *map(str, sections)]) + "\n"


def write(folder: Path, name: str, words: dict[str, str], sections: list[Section]) -> None:
    """Write NAME.md and NAME.json into the folder."""
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(markdown(words, sections))
    data = {"machine": words} | {
        section.title: section.data | {"goals": [vars(goal) for goal in section.goals]}
        for section in sections
    }
    (folder / f"{name}.json").write_text(json.dumps(data, indent=2, default=vars) + "\n")
