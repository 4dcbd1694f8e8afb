"""What has to be known of PostgreSQL to compare it with the models."""

from collections.abc import Container, Generator
from contextlib import contextmanager
from typing import Final

from alembic.ddl.impl import ComparisonResult
from alembic.ddl.postgresql import PostgresqlImpl
from alembic_postgresql_enum import Config, set_configuration
from sqlalchemy import CheckConstraint, Connection, inspect
from sqlalchemy.exc import DBAPIError

PRINTS_CHANGES: Final = True
QUIET: Final = ("alembic.runtime.plugins", "alembic.ddl", "alembic.alembic_postgresql_enum")
"""Loggers that tell of each part, each sequence and each step on the way."""

PROBE: Final = "alembic_probe"


class Comparing(PostgresqlImpl):
    """Compares what a check says, too; by itself Alembic compares the names."""

    __dialect__ = "postgresql"

    def compare_check_constraint(
        self, metadata_constraint: CheckConstraint, reflected_constraint: CheckConstraint
    ) -> ComparisonResult:
        """Compare both as PostgreSQL writes them."""
        equal = super().compare_check_constraint(metadata_constraint, reflected_constraint)
        assert self.connection is not None  # noqa: S101 - nothing is compared offline
        rule = metadata_constraint.sqltext.compile(
            dialect=self.dialect, compile_kwargs={"literal_binds": True}
        )
        written = as_written(self.connection, reflected_constraint.table.name, str(rule))
        return equal if written == str(reflected_constraint.sqltext) else equal.Different(str(rule))


def as_written(connection: Connection, table: str, rule: str) -> str | None:
    """Have a rule put into PostgreSQL's words, in a copy of the table that is gone afterwards.

    None when it names what the table does not have yet.
    """
    quoted = connection.dialect.identifier_preparer.quote(table)
    make = f"CREATE TEMPORARY TABLE {PROBE} AS TABLE {quoted} WITH NO DATA"
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
    attempt = connection.begin_nested()
    try:
        yield
    finally:
        attempt.rollback()


def extend(known: Container[str]) -> None:
    """Have enumerations made, altered and dropped, as far as they are the service's."""
    set_configuration(Config(include_name=known.__contains__))
