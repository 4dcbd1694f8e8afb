"""An empty database for a variant, and a look into it."""

import sqlite3
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import unquote, urlsplit
from uuid import uuid4

import psycopg
import pymysql
from psycopg import sql

from tests.harness.services import MYSQL, POSTGRESQL


class Database(Protocol):
    """A database that belongs to one variant."""

    @property
    def url(self) -> str:
        """Its URL, as a hosting platform would give it."""
        ...

    def tables(self) -> set[str]:
        """Name the tables that are there."""
        ...

    def column(self, table: str, name: str) -> list[str]:
        """Read one column of a table."""
        ...

    def run(self, statement: str) -> None:
        """Run plain SQL."""
        ...


class PostgreSQL:
    """A database on a server."""

    def __init__(self, server: str, name: str) -> None:
        self.url = urlsplit(server)._replace(path=f"/{name}").geturl()

    def tables(self) -> set[str]:
        """Name the tables that are there."""
        query = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        with psycopg.connect(self.url) as connection:
            return {str(name) for (name,) in connection.execute(query)}

    def column(self, table: str, name: str) -> list[str]:
        """Read one column of a table."""
        query = sql.SQL("SELECT {} FROM {}").format(sql.Identifier(name), sql.Identifier(table))
        with psycopg.connect(self.url) as connection:
            return [str(value) for (value,) in connection.execute(query)]

    def run(self, statement: str) -> None:
        """Run plain SQL."""
        execute(self.url, statement)


class MySQL:
    """A database on a MySQL or MariaDB server."""

    def __init__(self, server: str, name: str) -> None:
        self.server = server
        self.name = name
        self.url = urlsplit(server)._replace(path=f"/{name}").geturl()

    def tables(self) -> set[str]:
        """Name the tables that are there."""
        return set(self._values("SHOW TABLES"))

    def column(self, table: str, name: str) -> list[str]:
        """Read one column of a table."""
        return self._values(f"SELECT `{name}` FROM `{table}`")  # noqa: S608 - chosen by the proof

    def run(self, statement: str) -> None:
        """Run plain SQL."""
        execute_mysql(self.server, statement, self.name)

    def _values(self, query: str) -> list[str]:
        return [str(value) for (value,) in execute_mysql(self.server, query, self.name)]


class SQLite:
    """A file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.url = f"sqlite:///{path}"

    def tables(self) -> set[str]:
        """Name the tables that are there."""
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        with closing(sqlite3.connect(self.path)) as connection:
            return {str(name) for (name,) in connection.execute(query)}

    def column(self, table: str, name: str) -> list[str]:
        """Read one column of a table."""
        query = f'SELECT "{name}" FROM "{table}"'  # noqa: S608 - names that the proof chooses
        with closing(sqlite3.connect(self.path)) as connection:
            return [str(value) for (value,) in connection.execute(query)]

    def run(self, statement: str) -> None:
        """Run plain SQL."""
        with closing(sqlite3.connect(self.path, isolation_level=None)) as connection:
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute(statement)


@contextmanager
def own_postgresql(_: Path) -> Generator[Database]:
    """Make a database, and drop it."""
    server = POSTGRESQL.url()
    name = f"groundplan_{uuid4().hex}"
    execute(server, f"CREATE DATABASE {name}")
    try:
        yield PostgreSQL(server, name)
    finally:
        execute(server, f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def own_mysql(_: Path) -> Generator[Database]:
    """Make a database, and drop it."""
    server = MYSQL.url()
    name = f"groundplan_{uuid4().hex}"
    execute_mysql(server, f"CREATE DATABASE {name}")
    try:
        yield MySQL(server, name)
    finally:
        execute_mysql(server, f"DROP DATABASE {name}")


@contextmanager
def own_sqlite(folder: Path) -> Generator[Database]:
    """Name a file that does not exist yet; it goes with the variant's folder."""
    yield SQLite(folder / "database.sqlite3")


def execute(server: str, statement: str) -> None:
    """Run one statement outside a transaction."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement.encode())


def execute_mysql(
    server: str, statement: str, database: str | None = None
) -> tuple[tuple[object, ...], ...]:
    """Run one statement, and return the rows if there are any."""
    place = urlsplit(server)
    connection = pymysql.connect(
        host=place.hostname,
        port=place.port or 3306,
        user=unquote(place.username or ""),
        password=unquote(place.password or ""),
        database=database,
        autocommit=True,
    )
    with connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


OWN: Final[dict[str, Callable[[Path], AbstractContextManager[Database]]]] = {
    "postgresql": own_postgresql,
    "mysql": own_mysql,
    "sqlite": own_sqlite,
}
"""How to make a database for each feature that is one."""

SERVERS: Final = {"postgresql": POSTGRESQL, "mysql": MYSQL}
"""The server of each feature that is a database with one."""
