"""Rows that may be there already."""

from collections.abc import Mapping, Sequence

from sqlalchemy.dialects.mysql import Insert, insert


def insert_missing(model: type[object], rows: Sequence[Mapping[str, object]]) -> Insert:
    """Insert those of the rows that are not there; whoever inserts them meanwhile is waited for.

    What is there is set to what it is: INSERT IGNORE would ignore every other error, too.
    """
    statement = insert(model).values(rows)
    same = next(iter(rows[0]))
    return statement.on_duplicate_key_update({same: statement.inserted[same]})
