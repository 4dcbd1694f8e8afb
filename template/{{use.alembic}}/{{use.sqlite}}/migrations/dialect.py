"""What has to be known of SQLite to compare it with the models."""

from collections.abc import Container, Generator
from contextlib import contextmanager
from typing import Final

from alembic.ddl.impl import ComparisonResult
from alembic.ddl.sqlite import SQLiteImpl
from sqlalchemy import CheckConstraint, Connection

PROBE: Final = "alembic_probe"
PRINTS_CHANGES: Final = False
"""A table is changed by copying it, and what to copy is not known before."""

QUIET: Final = ("alembic.runtime.plugins",)
"""Loggers that tell of each part."""


class Comparing(SQLiteImpl):
    """Compares what a check says, too; by itself Alembic compares the names."""

    __dialect__ = "sqlite"

    def compare_check_constraint(
        self, metadata_constraint: CheckConstraint, reflected_constraint: CheckConstraint
    ) -> ComparisonResult:
        """Compare the texts: SQLite keeps a check as it was written."""
        equal = super().compare_check_constraint(metadata_constraint, reflected_constraint)
        rule = metadata_constraint.sqltext.compile(
            dialect=self.dialect, compile_kwargs={"literal_binds": True}
        )
        same = words(str(rule)) == words(str(reflected_constraint.sqltext))
        return equal if same else equal.Different(str(rule))


@contextmanager
def undone(connection: Connection) -> Generator[None]:
    """Try something, and take it back."""
    try:
        yield
    finally:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS temp.{PROBE}")


def words(rule: str) -> list[str]:
    """Split a rule where there is space."""
    return rule.split()


def extend(_: Container[str]) -> None:
    """Add nothing: an enumeration is text here."""
