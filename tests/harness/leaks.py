"""What a feature is known by, and where it shows though it is off.

Each feature declares it in its own ``.feature/leak.yml``: ``words`` in any text or path,
``modules`` that are imported, ``packages`` that are declared, environment ``variables``, ``paths``.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final, cast

import yaml

from tests.harness.overlays import feature_folder
from tests.harness.projects import Project

FOUND: Final = (
    "app.api.checks",
    "app.api.v1",
    "app.commands",
    "app.models",
    "app.schemas.permissions",
    "app.tasks",
)
"""Packages that a service looks through, so that nothing in them has to be imported elsewhere."""


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What a feature is known by."""

    words: frozenset[str] = field(default_factory=frozenset[str])
    modules: frozenset[str] = field(default_factory=frozenset[str])
    packages: frozenset[str] = field(default_factory=frozenset[str])
    variables: frozenset[str] = field(default_factory=frozenset[str])
    paths: frozenset[str] = field(default_factory=frozenset[str])

    def __sub__(self, other: "Marks") -> "Marks":
        """Leave out what another feature is known by as well."""
        return Marks(
            words=self.words - other.words,
            modules=self.modules - other.modules,
            packages=self.packages - other.packages,
            variables=self.variables - other.variables,
            paths=self.paths - other.paths,
        )

    def as_document(self) -> dict[str, list[str]]:
        """Turn it into what JSON can hold."""
        return {kind: sorted(names) for kind, names in vars(self).items()}

    def found_in(self, project: Project) -> Iterator[str]:
        """Say where each mark occurs."""
        for word in sorted(self.words):
            yield from (f"the word {word!r} in {place}" for place in places(project, word))
        for module in sorted(self.modules):
            yield from (f"the module {module} in {name}" for name in importers(project, module))
        for package in sorted(self.packages & project.packages):
            yield f"the package {package} in pyproject.toml"
        for variable in sorted(self.variables):
            yield from (f"the variable {variable} in {place}" for place in uses(project, variable))
        for path in sorted(self.paths):
            yield from (f"the path {name}" for name in project.texts if is_below(name, path))

    def missing_from(self, project: Project) -> Iterator[str]:
        """Name the marks that do not occur."""
        for word in self.words:
            if not any(places(project, word)):
                yield f"the word {word!r}"
        for module in self.modules:
            if not any(importers(project, module)):
                yield f"the module {module}"
        yield from (f"the package {package}" for package in self.packages - project.packages)
        for variable in self.variables:
            if not any(uses(project, variable)):
                yield f"the variable {variable}"
        for path in self.paths:
            if not any(is_below(name, path) for name in project.texts):
                yield f"the path {path}"


@cache
def marks(feature: str) -> Marks:
    """Read what a feature declares."""
    text = (feature_folder(feature) / "leak.yml").read_text()
    declared = cast("dict[str, list[str]]", yaml.safe_load(text) or {})
    return Marks(**{kind: frozenset(names) for kind, names in declared.items()})


def leaks(project: Project, on: Iterable[str], off: Iterable[str]) -> Iterator[str]:
    """Name every trace of the features that are off, but for what one that is on declares too."""
    present = [marks(feature) for feature in sorted(on)]
    for feature in sorted(off):
        own = marks(feature)
        for other in present:
            own -= other
        yield from (f"{feature} is off, but there is {trace}" for trace in own.found_in(project))


def places(project: Project, word: str) -> Iterator[str]:
    """Find a word in paths and texts, also as a part of a name; but no call and no key of JSON."""
    pattern = re.compile(rf'(?<![^\W_]){re.escape(word)}(?![^\W_]|\(|":)', re.IGNORECASE)
    yield from (name for name in project.texts if pattern.search(name))
    yield from lines(project, word, pattern)


def uses(project: Project, variable: str) -> Iterator[str]:
    """Find an environment variable."""
    yield from lines(project, variable, re.compile(rf"\b{variable}\b"))


def lines(project: Project, word: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """Find the lines in which a pattern for a word occurs."""
    small = word.lower()
    for name, text in project.small.items():
        if small in text and pattern.search(project.texts[name]):
            for number, line in enumerate(project.texts[name].splitlines(), 1):
                if pattern.search(line):
                    yield f"{name}:{number}: {line.strip()}"


def importers(project: Project, module: str) -> Iterator[str]:
    """Find the files that import a module or something in it, or that the service does itself."""
    for name, imported in project.imports.items():
        if any(each == module or each.startswith(f"{module}.") for each in imported):
            yield name
    if module.startswith(FOUND):
        path = module.replace(".", "/")
        yield from (name for name in project.modules if is_below(name.removesuffix(".py"), path))


def is_below(name: str, path: str) -> bool:
    """Whether a file is ``path`` or lies in it."""
    return name == path or name.startswith(f"{path.rstrip('/')}/")
