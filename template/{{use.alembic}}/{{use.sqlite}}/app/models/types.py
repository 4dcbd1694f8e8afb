"""Column types, as SQLite wants them."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Integer, TypeDecorator

Key = Integer  # the only type that SQLite numbers by itself; it has 64 bits


class Moment(TypeDecorator[datetime]):
    """A moment, kept as text."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back, which SQLite does not keep."""
        return value and value.replace(tzinfo=UTC)
