"""Moments in time."""

from datetime import UTC, datetime

from sqlalchemy import Dialect

from app.models.types import Moment


class UtcDateTime(Moment):
    """A moment: stored as UTC, and read back aware."""

    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time, which could mean anything."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime needs a time zone")
        return value.astimezone(UTC)


def utc_now() -> datetime:
    """Say what time it is."""
    return datetime.now(UTC)
