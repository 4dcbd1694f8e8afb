"""What has to be known of MySQL to compare it with the models."""

from collections.abc import Container, Generator
from contextlib import contextmanager
from typing import Final

from alembic.ddl.impl import ComparisonResult
from alembic.ddl.mysql import MySQLImpl
from sqlalchemy import CheckConstraint, Connection, inspect
from sqlalchemy.exc import DBAPIError

PRINTS_CHANGES: Final = True
QUIET: Final = ("alembic.runtime.plugins", "asyncmy")
"""Loggers that tell of each part, and that a primary key has no name here."""

PROBE: Final = "alembic_probe"


class Comparing(MySQLImpl):
    """Compares what a check says, too; by itself Alembic compares the names."""

    __dialect__ = "mysql"

    def compare_check_constraint(
        self, metadata_constraint: CheckConstraint, reflected_constraint: CheckConstraint
    ) -> ComparisonResult:
        """Compare both as the server writes them."""
        equal = super().compare_check_constraint(metadata_constraint, reflected_constraint)
        assert self.connection is not None  # noqa: S101 - nothing is compared offline
        rule = metadata_constraint.sqltext.compile(
            dialect=self.dialect, compile_kwargs={"literal_binds": True}
        )
        written = as_written(self.connection, reflected_constraint.table.name, str(rule))
        return equal if written == str(reflected_constraint.sqltext) else equal.Different(str(rule))


def as_written(connection: Connection, table: str, rule: str) -> str | None:
    """Have a rule put into the server's words, in a copy of the table that is gone afterwards.

    None when it names what the table does not have yet.
    """
    quoted = connection.dialect.identifier_preparer.quote(table)
    make = f"CREATE TEMPORARY TABLE {PROBE} AS SELECT * FROM {quoted} LIMIT 0"  # noqa: S608 - quoted
    with undone(connection):
        try:
            connection.exec_driver_sql(make)
            connection.exec_driver_sql(f"ALTER TABLE {PROBE} ADD CONSTRAINT {PROBE} CHECK ({rule})")
            return inspect(connection).get_check_constraints(PROBE)[0]["sqltext"]
        except DBAPIError:
            return None


@contextmanager
def undone(connection: Connection) -> Generator[None]:
    """Try something, and take it back."""
    try:
        yield
    finally:
        connection.exec_driver_sql(f"DROP TEMPORARY TABLE IF EXISTS {PROBE}")


def extend(_: Container[str]) -> None:
    """Add nothing: an enumeration is a part of its column here."""
