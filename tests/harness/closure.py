"""What a module of this repository imports, however indirectly, and what that consists of."""

import ast
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import PackageNotFoundError, packages_distributions, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from tests.harness.places import ROOT
from tests.harness.projects import imported
from tests.harness.trees import summed


def closure(roots: Iterable[str], root: Path = ROOT) -> dict[str, Path]:
    """Find every module that some modules import, themselves and their packages too."""
    found: dict[str, Path] = {}
    waiting = [*roots]
    while waiting:
        name = waiting.pop()
        path = source(name, root)
        if path is not None and name not in found:
            found[name] = path
            waiting.extend(reached(name, path))
    return dict(sorted(found.items()))


def source(name: str, root: Path) -> Path | None:
    """Find a module's file; what is not of this repository has none here."""
    place = root.joinpath(*name.split("."))
    files = (place.with_suffix(".py"), place / "__init__.py")
    return next((path for path in files if path.is_file()), None)


def reached(name: str, path: Path) -> Iterator[str]:
    """Name what a module needs to be imported: what it says it imports, and its packages."""
    yield from parents(name)
    for each in imports(path):
        yield each
        yield from parents(each)


def parents(name: str) -> Iterator[str]:
    """Name the packages that a module lies in, which are imported before it."""
    while name := name.rpartition(".")[0]:
        yield name


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Read what a module imports, anywhere in it; a relative import would be missed."""
    module = ast.parse(path.read_text(), str(path))
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.level:
            raise ValueError(f"{path}:{node.lineno}: import it by its whole name")
    return tuple(imported(module))


def code(modules: dict[str, Path]) -> str:
    """Sum up what some modules say."""
    return summed((name, path.read_bytes()) for name, path in modules.items())


def packages(modules: dict[str, Path]) -> dict[str, str]:
    """Name the versions of the packages that some modules import, and of what those need."""
    tops = {each.partition(".")[0] for path in modules.values() for each in imports(path)}
    known = distributions()
    waiting = [name for top in tops - sys.stdlib_module_names for name in known.get(top, [])]
    found: dict[str, str] = {}
    while waiting:
        name = waiting.pop().lower().replace("_", "-")
        if name not in found and (installed := version_of(name)):
            found[name] = installed
            waiting.extend(needed(name))
    return dict(sorted(found.items()))


@cache
def distributions() -> dict[str, list[str]]:
    """Tell by which packages the modules came that can be imported."""
    return {top: [*names] for top, names in packages_distributions().items()}


def version_of(name: str) -> str | None:
    """Give the version of a package, if it is installed."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def needed(name: str) -> Iterator[str]:
    """Name what a package needs, its extras too where they are installed."""
    for each in requires(name) or []:
        yield Requirement(each).name
