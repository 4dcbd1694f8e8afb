"""`.env.example` explains what is read, and nothing else."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_type_hints

from dotenv import dotenv_values

from app.config.section import Section
from app.config.settings import Settings
from app.core.modules import find
from tests.support.findings import expect_none

ROOT: Final = Path(__file__).parents[2]
EXAMPLE: Final = ROOT / ".env.example"
DIRECTLY: Final = re.compile(r"""(?:environ(?:\.get\(|\[)|getenv\()\s*["'](\w+)["']""")
BESIDE: Final = ("*.mk", "*.py", "*.yaml", "Makefile", "deploy/**/*", "scripts/*", "tests/own.py")
"""What reads variables too, but is no part of `app/`."""


def sections() -> set[type[Section]]:
    """List all that there are, also those that nobody has put into the settings yet."""
    used: set[type[Section]] = {*get_type_hints(Settings).values()}
    return used.union(each for each in find("app.config", type) if issubclass(each, Section))


def variables(section: type[Section]) -> Iterator[str]:
    """Name the variables of a section; a field without an alias is read by its own name."""
    for name, field in section.model_fields.items():
        alias = field.validation_alias
        yield from alias_names(alias) if alias else (name.upper(),)


def alias_names(alias: object) -> Iterator[str]:
    """Name what an alias stands for, whatever kind it is of."""
    yield from re.findall(r"\b[A-Z][A-Z0-9_]*\b", str(alias))


def read() -> dict[str, str]:
    """Name each variable that `app/` reads, and where."""
    found = {
        name: f"{path.relative_to(ROOT)}"
        for path in (ROOT / "app").rglob("*.py")
        for name in DIRECTLY.findall(path.read_text())
    }
    return found | {name: each.__name__ for each in sections() for name in variables(each)}


def mentioned() -> set[str]:
    """List the words of whatever else there is."""
    files = (path for pattern in BESIDE for path in ROOT.glob(pattern) if path.is_file())
    return {word for path in files for word in re.findall(r"\w+", path.read_text())}


class TestEnvExample:
    def test_explains_what_is_read(self) -> None:
        explained = dotenv_values(EXAMPLE)

        expect_none(
            f"{name} of {where} is not in .env.example: explain it there, at the end"
            for name, where in sorted(read().items())
            if name not in explained
        )

    def test_is_read(self) -> None:
        known = read().keys() | mentioned()

        expect_none(
            f"{name} of .env.example is read by nothing: give it a field of a section in "
            "app/config/, or take it out"
            for name in dotenv_values(EXAMPLE)
            if name not in known
        )
