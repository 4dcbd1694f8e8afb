"""What a package holds, so that nobody has to list it."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

Kind = TypeVar("Kind")


def modules(package: str) -> list[ModuleType]:
    """Import the modules of a package by name: first those that lie in it, then its folders'."""
    found: list[ModuleType] = []
    for is_folder, name in sorted(inside(package)):
        found += [import_module(name), *(modules(name) if is_folder else [])]
    return found


def inside(package: str) -> Iterator[tuple[bool, str]]:
    """Name what lies in a package, and say which of it are folders."""
    places = [Path(place) for place in import_module(package).__path__]
    for each in iter_modules(map(str, places), f"{package}."):
        yield each.ispkg, each.name
    for folder in (each for place in places for each in place.iterdir() if each.is_dir()):
        if not (folder / "__init__.py").exists() and any(folder.rglob("*.py")):
            yield True, f"{package}.{folder.name}"


def find(package: str, kind: type[Kind]) -> list[Kind]:
    """Give whatever of a kind the modules of a package hold, each once."""
    held = (value for module in modules(package) for value in vars(module).values())
    return list({id(value): value for value in held if isinstance(value, kind)}.values())
