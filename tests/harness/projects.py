"""Reading a generated project: its texts, its imports, its packages and its variables."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Final

from tests.harness.places import ANSWERS_FILE, files_in

UNRENDERED: Final = re.compile(r"(?<!\$)\{\{(?!\{)|\{%|%\}|\{#|#\}|\bUndefined\b")
"""What Jinja leaves behind. ``${{ }}`` is GitHub's own."""

LOCAL: Final = frozenset({"uv.lock", ".env"})
"""Made on a machine, not by the template."""


class Project:
    """The files of a generated project."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def texts(self) -> dict[str, str]:
        """Every text that the template is answerable for: all but the answers themselves."""
        found = {path.relative_to(self.root).as_posix(): path for path in files_in(self.root)}
        kept = {name: path for name, path in found.items() if name not in {ANSWERS_FILE, *LOCAL}}
        return {name: path.read_text() for name, path in kept.items()}

    @cached_property
    def small(self) -> dict[str, str]:
        """The same in small letters, in which a word is soon found not to be."""
        return {name: text.lower() for name, text in self.texts.items()}

    @cached_property
    def modules(self) -> dict[str, ast.Module]:
        """Every Python file, read."""
        names = (name for name in self.texts if name.endswith(".py"))
        return {name: ast.parse(self.texts[name], name) for name in names}

    @cached_property
    def imports(self) -> dict[str, set[str]]:
        """The modules that each Python file imports, by absolute names."""
        return {name: set(imported(module)) for name, module in self.modules.items()}

    @cached_property
    def packages(self) -> frozenset[str]:
        """The packages that pyproject.toml declares, for production or for development."""
        document = tomllib.loads(self.texts["pyproject.toml"])
        groups: dict[str, list[str]] = document.get("dependency-groups", {})
        declared: list[list[str]] = [document["project"]["dependencies"], *groups.values()]
        return frozenset(package_name(each) for group in declared for each in group)

    @cached_property
    def variables(self) -> frozenset[str]:
        """The environment variables that .env.example explains."""
        return variable_names(self.texts[".env.example"])

    def unrendered(self) -> Iterator[str]:
        """Name each place where the template shows through."""
        for name, text in self.texts.items():
            if name.endswith(".jinja") or UNRENDERED.search(name):
                yield name
            for number, line in enumerate(text.splitlines(), 1):
                if UNRENDERED.search(line):
                    yield f"{name}:{number}: {line.strip()}"


def imported(module: ast.Module) -> Iterator[str]:
    """List what a module imports; ``from a import b`` may mean the module a.b."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def service_imports(modules: set[str]) -> set[str]:
    """Choose the service's own."""
    return {name for name in modules if name.partition(".")[0] == "app"}


def package_name(requirement: str) -> str:
    """Take the name out of a requirement, as package indexes normalise it."""
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match, requirement
    return re.sub(r"[-_.]+", "-", match[0]).lower()


def variable_names(env: str) -> frozenset[str]:
    """List the variables that a file such as .env sets."""
    return frozenset(re.findall(r"^([A-Z][A-Z0-9_]*)=", env, re.MULTILINE))
