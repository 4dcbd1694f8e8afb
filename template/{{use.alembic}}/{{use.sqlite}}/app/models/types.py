"""Column types, as SQLite wants them."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Dialect, Integer, TypeDecorator
from sqlalchemy.dialects.sqlite import DATETIME

Key = Integer  # the only type that SQLite numbers by itself; it has 64 bits


class TextInUtc(DATETIME):
    """Text without a zone."""

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[..., datetime | None]:
        """Give the zone back."""
        return moment


class Moment(TypeDecorator[datetime]):
    """A moment, kept as text."""

    impl = TextInUtc(timezone=True)
    cache_ok = True


def moment(text: str | None) -> datetime | None:
    """Read a moment in UTC."""
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")
