"""Column types, as MySQL wants them."""

from datetime import UTC, datetime

from sqlalchemy import BigInteger, Dialect, TypeDecorator
from sqlalchemy.dialects.mysql import DATETIME

Key = BigInteger


class Moment(TypeDecorator[datetime]):
    """A moment, to the microsecond."""

    impl = DATETIME(fsp=6)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back, which MySQL does not keep."""
        return value and value.replace(tzinfo=UTC)
