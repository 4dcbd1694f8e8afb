"""The tables, as migrations see them."""

import re
from collections.abc import Container
from pathlib import Path
from typing import Final

from sqlalchemy import Dialect, MetaData
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.models.base import Base

VERSIONS: Final = Path(__file__).parent / "versions"
NAMES: Final = re.compile(r"""["'](\w+)["']""")


def plain_tables(dialect: Dialect) -> MetaData:
    """Copy the tables with SQLAlchemy's own types: a migration imports nothing that may move."""
    tables = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.sorted_tables:
        for column in table.to_metadata(tables).columns:
            column.type = plain_type(column.type, dialect)
    return tables


def plain_type(kind: TypeEngine[object], dialect: Dialect) -> TypeEngine[object]:
    """Find what is behind a type of the service or of a library."""
    if is_plain(kind) or not isinstance(kind, TypeDecorator):
        return kind
    implementation: TypeEngine[object] = kind.load_dialect_impl(dialect)
    return implementation if is_plain(implementation) else implementation.as_generic()


def is_plain(kind: object) -> bool:
    """Whether SQLAlchemy itself has it."""
    return type(kind).__module__.startswith("sqlalchemy.")


def is_ours(known: Container[str], name: str | None, kind: str, _: object) -> bool:
    """Leave tables alone that neither the models nor a migration name: an extension's, say."""
    return kind != "table" or name is None or name in known


def names(tables: MetaData) -> frozenset[str]:
    """Name the tables and enumerations that are the service's, or were."""
    columns = [column for table in tables.tables.values() for column in table.columns]
    kinds = [repr(column.type) for column in columns]  # an enumeration may be within an array
    history = [path.read_text() for path in VERSIONS.glob("*.py")]
    named = {name for text in (*kinds, *history) for name in NAMES.findall(text)}
    return frozenset(named | tables.tables.keys())
