"""Edits of a service by its user, and what an update makes of them."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import yaml
from pydantic import TypeAdapter

from tests.harness.places import ROOT
from tests.harness.repositories import git

EDITS: Final = ROOT / "tests/template/second_day.yml"

CHANGES: Final[dict[str, tuple[dict[str, str | bool], dict[str, str | bool]]]] = {
    "celery": ({"auth": "jwt", "sample": "none"}, {"celery": True}),
    "orders": (
        {"auth": "jwt", "sample": "none", "celery": True},
        {"auth": "both", "sample": "orders"},
    ),
    "users": ({"auth": "api_key", "sample": "none"}, {"auth": "both"}),
}
"""What a service was made with, and what comes later: a neighbour in each list that it has."""


@dataclass(frozen=True, slots=True)
class Line:
    """Lines for a file of the template, and where they go."""

    file: str
    add: str
    after: str = ""
    before: bool = False
    replace: str = ""

    def put(self, text: str) -> str:
        """Add them, at a place that has to be there."""
        if self.replace:
            assert self.replace in text, self
            return text.replace(self.replace, self.add)
        lines = text.splitlines()
        places = [n for n, each in enumerate(lines) if each.strip().startswith(self.after.strip())]
        assert places, self
        place = places[-1] + (not self.before)
        return "\n".join([*lines[:place], self.add, *lines[place:]]) + "\n"


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that somebody adds."""

    name: str
    change: str
    new: dict[str, str] = field(default_factory=dict[str, str])
    lines: list[Line] = field(default_factory=list[Line])

    def apply(self, service: Path) -> None:
        """Do it."""
        for name, text in self.new.items():
            path = service / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        for line in self.lines:
            path = service / line.file
            path.write_text(line.put(path.read_text()))


@cache
def edits() -> list[Edit]:
    """Read them all."""
    return TypeAdapter(list[Edit]).validate_python(yaml.safe_load(EDITS.read_text()))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an update left for the user to do."""

    conflicts: int
    lost: list[str]


def outcome(service: Path, generated: str, edited: str) -> Outcome:
    """Count the conflicts, and name what the user wrote and the update took away."""
    conflicts = git(service, "grep", "--count", "^<<<<<<< ", "HEAD") if conflicted(service) else ""
    numbers = (int(line.rpartition(":")[2]) for line in conflicts.splitlines())
    return Outcome(sum(numbers), lost(service, generated, edited))


def conflicted(service: Path) -> bool:
    """Look for a marker of a conflict."""
    return bool(git(service, "log", "-1", "--format=%h", "-G^<<<<<<< ").strip())


def lost(service: Path, generated: str, edited: str) -> list[str]:
    """Name the lines of the user that are in no file of the same name any more."""
    gone: list[str] = []
    for name in git(service, "diff", "--name-only", generated, edited).splitlines():
        path = service / name
        there = path.read_text().splitlines() if path.exists() else []
        gone += [
            f"{name}: {line}"
            for line in added(service, generated, edited, name)
            if line not in there
        ]
    return gone


def added(service: Path, generated: str, edited: str, name: str) -> list[str]:
    """List the lines that the user added to a file."""
    difference = git(service, "diff", "--unified=0", generated, edited, "--", name)
    return re.findall(r"^\+(?!\+\+ )(.*)$", difference, re.MULTILINE)
