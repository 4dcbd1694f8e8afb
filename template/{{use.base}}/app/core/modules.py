"""What a package holds, so that nobody has to list it."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import TypeVar

Kind = TypeVar("Kind")


def modules(package: str) -> list[ModuleType]:
    """Import the modules of a package by name: first those that lie in it, then its folders'."""
    found: list[ModuleType] = []
    inside = iter_modules(import_module(package).__path__, f"{package}.")
    for each in sorted(inside, key=lambda each: (each.ispkg, each.name)):
        found += modules(each.name) if each.ispkg else [import_module(each.name)]
    return found


def find(package: str, kind: type[Kind]) -> list[Kind]:
    """Give whatever of a kind the modules of a package hold, each once."""
    held = (value for module in modules(package) for value in vars(module).values())
    return list({id(value): value for value in held if isinstance(value, kind)}.values())
