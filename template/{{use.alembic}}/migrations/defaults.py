"""Whether the database has another default than the model."""

from typing import cast

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Connection, DefaultClause, MetaData, Table, TextClause, inspect
from sqlalchemy.exc import DBAPIError

from migrations.dialect import PROBE, undone


def default_differs(
    context: MigrationContext,
    _: Column[object],
    wanted: Column[object],
    stored: str | None,
    *_more: object,
) -> bool | None:
    """Compare both in the words of the database; what it counts up itself Alembic judges."""
    default = wanted.server_default
    if wanted.primary_key or not (default is None or isinstance(default, DefaultClause)):
        return None
    if default is None or stored is None:
        return default is not stored
    assert context.connection is not None  # noqa: S101 - nothing is compared offline
    there = as_stored(context.connection, wanted.table.name, wanted.name)
    return there != tried(context.connection, wanted, default)


def tried(connection: Connection, column: Column[object], default: DefaultClause) -> str | None:
    """Have the database take a default, in a table that is gone afterwards, and say it back."""
    text = cast("str | TextClause", default.arg)
    copy: Column[object] = Column(column.name, column.type, server_default=text)
    with undone(connection):
        try:
            Table(PROBE, MetaData(), copy, prefixes=["TEMPORARY"]).create(connection)
            return as_stored(connection, PROBE, column.name)
        except DBAPIError:
            return None


def as_stored(connection: Connection, table: str, column: str) -> str | None:
    """Read a default as the database has written it."""
    found = inspect(connection).get_columns(table)
    return next((each["default"] for each in found if each["name"] == column), None)
