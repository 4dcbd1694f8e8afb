"""What one table refers to in another."""

from sqlalchemy import MetaData


def align(tables: MetaData) -> None:
    """Give each foreign key the type of what it refers to, which databases want to be the same."""
    for table in tables.tables.values():
        for key in table.foreign_keys:
            key.parent.type = key.column.type
