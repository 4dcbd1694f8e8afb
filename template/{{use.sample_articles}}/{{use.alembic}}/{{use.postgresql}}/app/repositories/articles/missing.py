"""Rows that may be there already."""

from collections.abc import Mapping, Sequence

from sqlalchemy.dialects.postgresql import Insert, insert


def insert_missing(model: type[object], rows: Sequence[Mapping[str, object]]) -> Insert:
    """Insert those of the rows that are not there; whoever inserts them meanwhile is waited for."""
    return insert(model).values(rows).on_conflict_do_nothing()
