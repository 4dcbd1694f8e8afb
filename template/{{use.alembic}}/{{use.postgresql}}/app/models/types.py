"""Column types, as PostgreSQL wants them."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, TypeDecorator

Key = BigInteger


class Moment(TypeDecorator[datetime]):
    """A moment, which asyncpg gives back in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True
