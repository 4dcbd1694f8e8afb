"""The life of a table of one's own: made, filled, changed over what is stored, and taken back."""

import ast
import shutil
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psycopg
import pymysql
import pytest

from tests.harness.commands import CommandError
from tests.harness.databases import SERVERS, Database
from tests.harness.lamps import NEW_VALUE, changed_model, first_model
from tests.harness.migrations import Migrations, migrations_of
from tests.harness.places import CACHES
from tests.harness.projects import imported, service_imports
from tests.harness.workbench import Workbench

ERRORS: Final = (psycopg.Error, pymysql.MySQLError, sqlite3.Error)

USER: Final = (
    "INSERT INTO users (email, password_hash, role, is_active, created_at, updated_at) VALUES"
    " ('ada@example.com', 'x', 'user', true, '2026-01-01 00:00:00', '2026-01-01 00:00:00')"
)
LAMP: Final = (
    "INSERT INTO lamps (owner_id, name, watts, lumens, price, weight, is_lit, made_on, made_at,"
    " serial, shade, parts, created_at, updated_at) SELECT id, '{name}', {watts}, 9000000000,"
    " 12.50, 1.5, false, '2026-01-01', '10:00:00', '{serial:032x}', '{shade}', '{{}}',"
    " '2026-01-01 00:00:00', '2026-01-01 00:00:00' FROM users"
)
FOREIGN: Final = "CREATE TABLE spatial_ref_sys (srid INTEGER PRIMARY KEY)"
"""What an extension would make."""

ENUMERATIONS: Final = {
    "sqlalchemy": set[str](),
    "sqlmodel": set[str](),
    "tortoise": {"app.models.shop.fittings", "app.models.shop.fittings.Shade"},
}
"""What a migration has to import: Tortoise has no other way to say an enumeration (ADR 16)."""


@dataclass
class Life:
    """A copy of the service, with a database in which nothing is yet."""

    bench: Workbench
    orm: str

    @property
    def database(self) -> Database:
        """Its database."""
        assert self.bench.database
        return self.bench.database

    @property
    def tool(self) -> Migrations:
        """What migrates it."""
        return migrations_of(self.bench.variant)

    def make(self, *arguments: str) -> str:
        """Run a verb; its tests find a server where the service does."""
        tests = {"TEST_DATABASE_URL": self.database.url} if self.on_a_server else {}
        return self.bench.make(*arguments, **self.bench.address, **tests)

    def run(self, name: str, *arguments: str) -> str:
        """Run a program of its development environment."""
        return self.bench.tool(name, *arguments, **self.bench.address)

    @property
    def on_a_server(self) -> bool:
        """Whether its database is on a server."""
        return bool(self.bench.variant.features & SERVERS.keys())

    @property
    def history(self) -> set[str]:
        """Name the migrations that there are."""
        versions = self.bench.project / "migrations/versions"
        return {path.stem for path in versions.glob("[0-9]*_*.py")}

    def write(self, model: str) -> None:
        """Put the model into a folder of the package, which nothing names."""
        folder = self.bench.project / "app/models/shop"
        folder.mkdir(exist_ok=True)
        (folder / "__init__.py").write_text('"""What the shop has."""\n')
        (folder / "fittings.py").write_text(model)

    def refused(self) -> str:
        """Have its checks say in a sentence what no migration does."""
        with pytest.raises(CommandError) as refused:
            self.check_migrations()
        said = str(refused.value)
        assert 'run make migration m="what changes"' in said, said
        assert "Traceback" not in said, said
        return said

    def check_migrations(self) -> None:
        """Run what `make check` has on migrations: each goes up, down and up again."""
        self.make("test", "ARGS=tests/test_migrations.py -n0 -W error -p no:cacheprovider")

    def migrate(self, message: str) -> str:
        """Write a migration and apply it. Say which it is."""
        before = self.history
        said = self.make("migration", f"m={message}")
        (made,) = self.history - before
        assert "E501" not in said, said
        assert "Detected sequence" not in said, said
        self.make("migrate")
        self.make("lint")
        self.make("format")
        self.settled()
        return made

    def settled(self) -> None:
        """Nothing is left to migrate, and what the service did not make is left alone."""
        before = self.history
        self.make("migration", "m=nothing")
        assert self.history == before, "a migration for nothing"
        assert "spatial_ref_sys" in self.database.tables()
        self.check_migrations()

    def store(self, name: str, watts: int, shade: str) -> None:
        """Add a lamp."""
        number = len(self.lamps("name")) + 1
        self.database.run(LAMP.format(name=name, watts=watts, serial=number, shade=shade))

    def refuses(self, name: str, watts: int, shade: str) -> None:
        """The check holds; Tortoise makes none together with its table, so there it has none."""
        if self.orm != "tortoise":
            with pytest.raises(ERRORS):
                self.store(name, watts, shade)

    def lamps(self, column: str) -> list[str]:
        """Read what is stored of all lamps."""
        return sorted(self.database.column("lamps", column))


def live_with_a_table(bench: Workbench) -> None:
    """Go through it as a developer does, one thing after the other."""
    orm = str(bench.variant.answers["orm"])
    with copied(bench) as copy:
        life = Life(copy, orm)
        life.make("migrate")
        life.database.run(USER)
        life.database.run(FOREIGN)
        *_, last = sorted(life.history)
        value = make_it(life)
        change_it(life, value)
        take_it_back(life, last)
        life.run("pyright", "app/models", "migrations")


def make_it(life: Life) -> str:
    """A table that is not migrated is named; then it is there, and holds something."""
    life.write(first_model(life.orm))
    assert "lamps" in life.refused().casefold()
    life.migrate("add lamps")
    found = imports_of_the_service(life.bench.project)
    assert [each for each in found.values() if each - ENUMERATIONS[life.orm]] == []
    value = "dark" if NEW_VALUE[life.orm].islower() else "DARK"
    life.store("Oak", 5, value)
    assert life.lamps("grade") == ["1"]
    life.refuses("Ash", 0, value)
    return value


def change_it(life: Life, value: str) -> None:
    """Each change is noticed, and migrated over what is stored."""
    life.write(changed_model(life.orm))
    said = life.refused()
    for part in ("note", "colour", "grade"):
        assert part in said, f"nobody says that {part} has changed: {said}"
    life.migrate("change lamps")
    life.store("Elm", 5, NEW_VALUE[life.orm])
    assert (life.lamps("name"), life.lamps("grade")) == (["Elm", "Oak"], ["1", "2"])
    assert life.lamps("shade") == sorted([value, NEW_VALUE[life.orm]])
    life.refuses("Ash", 1, value)


def take_it_back(life: Life, first: str) -> None:
    """All of it goes, and comes again; what was there before stays."""
    life.database.run("DELETE FROM lamps")
    life.tool.undo(life.run, first)
    assert "lamps" not in life.database.tables()
    life.make("migrate")
    assert life.lamps("name") == []
    assert life.database.column("users", "email") == ["ada@example.com"]


def imports_of_the_service(project: Path) -> dict[str, set[str]]:
    """Say what the migrations import of what may move."""
    texts = {each.stem: each.read_text() for each in (project / "migrations/versions").glob("*.py")}
    found = {name: service_imports({*imported(ast.parse(each))}) for name, each in texts.items()}
    return {name: each for name, each in found.items() if each}


@contextmanager
def copied(bench: Workbench) -> Generator[Workbench]:
    """Copy what the developer has; the environment is used where it is."""
    copy = Workbench(bench.variant, bench.folder / "own", bench.renders, bench.stack)
    shutil.copytree(bench.project, copy.project, ignore=shutil.ignore_patterns(*CACHES, ".data"))
    (copy.project / ".venv").symlink_to(bench.project / ".venv")
    yield copy
